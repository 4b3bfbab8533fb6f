package io.drove.bench.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WheelTest {
    @Test
    void a_task_runs_once_and_not_before_its_time() throws InterruptedException {
        long wanted = TimeUnit.MILLISECONDS.toNanos(30);
        AtomicLong ran = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        try (Wheel wheel = new Wheel()) {
            wheel.start();
            long begun = System.nanoTime();
            wheel.after(wanted, () -> {
                ran.set(System.nanoTime() - begun);
                done.countDown();
            });

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ran.get()).isGreaterThanOrEqualTo(wanted);
    }

    @Test
    void tasks_that_are_added_while_it_turns_all_run() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1_000);
        try (Wheel wheel = new Wheel()) {
            wheel.start();
            for (int i = 0; i < 1_000; i++) {
                wheel.after(i * 10_000L, () -> wheel.after(0, done::countDown));
            }

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
