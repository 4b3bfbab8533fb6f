package io.drove.platform.id;

import java.security.SecureRandom;

/** A source of seeds. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface Seeds {
    /** The next seed, independent of all before. */
    Seed next();

    /** Seeds from the system's cryptographically strong generator. */
    static Seeds secure() {
        SecureRandom random = new SecureRandom();
        return () -> new Seed(random.nextLong(), random.nextLong());
    }
}
