package io.drove.platform.http;

/** A listener would let anybody on the network in. Retrying does not help: configure authentication, or say that it is meant. */
public final class OpenToTheWorld extends RuntimeException {
    OpenToTheWorld(String name, String host, String setting) {
        super("the " + name + " listener on " + host + " would be reachable by other machines without authentication; "
                + "bind it to 127.0.0.1" + (setting.isEmpty() ? "" : ", or set " + setting + " to true")
                + (setting.startsWith("server.") ? ", or userAuth.enabled with users" : ""));
    }
}
