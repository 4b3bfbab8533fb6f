package io.drove.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServerCommandTest {
    @Test
    void a_server_runs_until_one_of_its_listeners_has_ended() throws InterruptedException {
        Iterator<Optional<String>> looks = List.of(
                        Optional.<String>empty(), Optional.<String>empty(), Optional.of("api"))
                .iterator();

        assertThat(ServerCommand.awaitEnd(looks::next, Duration.ofMillis(1))).isEqualTo("api");
        assertThat(looks).isExhausted();
    }
}
