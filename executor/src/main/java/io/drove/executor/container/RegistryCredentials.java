package io.drove.executor.container;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Who we are to image registries, by the text before the first slash of an image. Does not print passwords. */
public record RegistryCredentials(Map<String, Login> logins) {
    public static final RegistryCredentials NONE = new RegistryCredentials(Map.of());

    public RegistryCredentials {
        logins = Collections.unmodifiableMap(new TreeMap<>(logins));
    }

    /** User name and password. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + ", ***]";
        }
    }
}
