package io.drove.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ServerTrainingTest {
    @Test
    @Timeout(60)
    void the_training_run_starts_and_stops_instances_without_an_engine() throws Exception {
        assertThat(ServerTraining.run(ProjectRoot.find())).isEqualTo(26);
    }
}
