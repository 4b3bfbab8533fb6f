package io.drove.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ProcessFiguresTest {
    @Test
    void the_heap_is_the_sum_of_the_generations_without_their_spaces() {
        assertThat(ProcessFigures.heapMebibytes("""
                DefNew     total 116160K, used 31021K [0x0000000687400000, 0x000000068f200000, 0x0000000704d50000)
                 eden space 103296K,  30% used [0x0000000687400000, 0x000000068924b570, 0x000000068d8e0000)
                Tenured    total 258048K, used 2771K [0x0000000704d50000, 0x0000000714950000, 0x0000000800000000)
                 the  space 258048K,   0% used [0x0000000704d50000, 0x0000000704e73ab8, 0x0000000714950000)
                """)).isEqualTo(33.0);
        assertThat(ProcessFigures.heapMebibytes("""
                garbage-first heap   total reserved 6172672K, committed 393216K, used 11264K [0x0000000687400000, 0x0000000800000000)
                 region size 4096K, 3 young (12288K), 1 survivors (4096K)
                """)).isEqualTo(11.0);
    }

    @Test
    void a_heap_that_is_not_told_is_not_zero() {
        assertThatThrownBy(() -> ProcessFigures.heapMebibytes("com.sun.tools.attach.AttachNotSupportedException"))
                .isInstanceOf(MeasurementFailed.class);
    }

    @Test
    void a_living_process_has_memory_and_has_used_processors() {
        long self = ProcessHandle.current().pid();

        assertThat(ProcessFigures.residentMebibytes(self)).isPositive();
        assertThat(ProcessFigures.processorTime(self)).isPositive();
    }

    @Test
    void live_objects_are_all_of_the_histogram_but_what_fills_gaps() {
        assertThat(ProcessFigures.liveMebibytes("""
                        4711:
                         num     #instances         #bytes  class name (module)
                        -------------------------------------------------------
                           1:        481788       57363368  [B (java.base@25.0.3)
                           2:        468328       11239872  java.lang.String (java.base@25.0.3)
                           3:           707       10317776  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
                        Total        950823       78921016
                        """)).isCloseTo(65.4, within(0.1));
        assertThatThrownBy(() -> ProcessFigures.liveMebibytes("com.sun.tools.attach.AttachNotSupportedException\n at"))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("AttachNotSupported");
    }
}
