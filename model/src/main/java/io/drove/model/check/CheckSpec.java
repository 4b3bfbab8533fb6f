package io.drove.model.check;

import static io.drove.model.Assertion.require;

import io.drove.model.time.TimeSpan;

/** A check that is repeated: {@code attempts} (1 to 100) failures in a row fail it. */
public record CheckSpec(CheckMode mode, TimeSpan timeout, TimeSpan interval, int attempts, TimeSpan initialDelay) {
    public CheckSpec {
        require(attempts >= 1, "attempts must be at least 1, was %d", attempts);
    }

    /** The longest time until the check has failed or succeeded for good. */
    public long budgetNanos() {
        return initialDelay.toNanos() + attempts * (timeout.toNanos() + interval.toNanos());
    }
}
