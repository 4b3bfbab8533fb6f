package io.drove.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drove.cli.follow.OperationsFollower;
import io.drove.cli.process.Pace;
import io.drove.cli.show.Progress;
import io.drove.client.Connection;
import io.drove.client.Credentials;
import io.drove.client.DroveClient;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationsFollowerTest {
    @Test
    void the_timeout_holds_within_a_round_of_many_operations_too() {
        try (FakeController controller = new FakeController()) {
            List<String> ids = IntStream.range(0, 50).mapToObj(i -> "OP-" + i).toList();
            ids.forEach(id -> controller.data("GET /operations/" + id, "{\"state\":\"SUCCEEDED\"}"));
            DroveClient client =
                    new DroveClient(Connection.to(List.of(URI.create(controller.endpoint())), new Credentials.None()));
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

            OperationsFollower follower =
                    new OperationsFollower(client, new Progress(nowhere, false), new SecondAtEachLook());

            assertThat(follower.follow(ids, Duration.ofSeconds(10))).hasSize(10);
            assertThat(controller.requests()).hasSize(10);
        }
    }

    /** Each look at the time takes a second. */
    private static final class SecondAtEachLook implements Pace {
        private long looks;

        @Override
        public long nanos() {
            return Duration.ofSeconds(looks++).toNanos();
        }

        @Override
        public boolean pause(Duration length) {
            return true;
        }
    }
}
