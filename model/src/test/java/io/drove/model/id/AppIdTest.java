package io.drove.model.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppIdTest {
    @ParameterizedTest
    @CsvSource({"web, 1", "web-shop, 1.0-rc-2", "a, b-c", "-, -", "'', 1", "web, ''"})
    void name_and_version_are_found_again(String name, String version) {
        AppId id = AppId.of(name, version);

        assertThat(id.isOf(version)).isTrue();
        assertThat(id.nameOf(version)).isEqualTo(name);
        assertThat(id.isOf(name, version)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "web-1, we, b-1",
        "web-1, web, 2",
        "web-1, wob, 1",
        "webx1, web, 1",
        "web-1, web-, 1",
        "1, web, 1",
        "web-1, '', web-1"
    })
    void others_are_not_taken_for_them(String id, String name, String version) {
        assertThat(new AppId(id).isOf(name, version)).isFalse();
    }
}
