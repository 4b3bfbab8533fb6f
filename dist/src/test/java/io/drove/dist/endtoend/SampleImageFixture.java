package io.drove.dist.endtoend;

import io.drove.dist.engine.Engine;
import io.drove.dist.engine.SampleImage;
import java.io.IOException;
import java.nio.file.Path;

/** The sample's image on the machine's engine. */
final class SampleImageFixture {
    private SampleImageFixture() {}

    static void ensure() throws IOException {
        ensure(Engine.socketOf(System.getenv()));
    }

    static void ensure(Path socket) throws IOException {
        Engine engine = new Engine(socket);
        if (!SampleImage.isPresent(engine)) {
            SampleImage.make(engine, Path.of("/bin/busybox"));
        }
    }
}
