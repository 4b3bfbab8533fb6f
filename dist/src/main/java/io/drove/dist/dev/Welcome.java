package io.drove.dist.dev;

import java.net.URI;

/** What is printed when everything is up. */
final class Welcome {
    private Welcome() {}

    static void print(Progress progress, ClusterRecord record) {
        progress.say("""

                Drove is up.
                  API         %s/apis/v1
                  username    %s
                  password    %s
                  data, logs  %s
                """.formatted(record.endpoint(), record.username(), password(record), record.dataDirectory()));
    }

    private static String password(ClusterRecord record) {
        return StandardOutput.isPrivate()
                ? record.password()
                : "in " + record.dataDirectory().resolve("secrets.json") + ", since others can read this output";
    }

    static void print(Progress progress, ClusterRecord record, URI sample) {
        print(progress, record);
        progress.say("""
                The sample answers at %s
                Try next, in another terminal:
                  ./drove apps list
                  ./drove apps scale hello-1 5 --wait
                  ./drove appinstances list hello-1
                  ./drove describe app hello-1
                  ./drove apps restart hello-1 --parallelism 2 --wait
                  ./drove dev status
                Ctrl-C or ./drove dev stop ends the cluster and leaves the containers; --cleanup removes them.""".formatted(sample));
    }
}
