package io.drove.dist.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevLockTest {
    @Test
    void one_holds_it_at_a_time(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lock");

        try (DevLock _ = DevLock.tryTake(file).orElseThrow()) {
            assertThat(DevLock.tryTake(file)).isEmpty();
        }

        assertThat(DevLock.tryTake(file)).isPresent();
    }
}
