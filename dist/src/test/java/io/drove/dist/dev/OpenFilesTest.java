package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void the_machines_hard_limit_counts_where_it_is_lower() {
        assertThat(OpenFiles.max(List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max open files            1024                 20000                files     ")))
                .isEqualTo(20_000);
        assertThat(OpenFiles.max(List.of("Max open files            1024                 1048576              files")))
                .isEqualTo(470_000);
        assertThat(OpenFiles.max(List.of("Max open files            1024                 unlimited            files")))
                .isEqualTo(470_000);
    }
}
