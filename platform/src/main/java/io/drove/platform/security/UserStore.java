package io.drove.platform.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The configured users, and whether a password is theirs.
 *
 * <p>An unknown user costs the same work as a known one. A bcrypt check takes a good part of a second of a core by design: a
 * password that passed is remembered, one per user, as an HMAC under a key that dies with the process; failures are not
 * remembered, and only a few checks run at once, so that guessing cannot take the machine. Safe for use by many threads.
 */
public final class UserStore {
    /** How passwords are written in the configuration. */
    public enum Encoding {
        PLAIN,
        CRYPT
    }

    // Half of a small machine at most goes into checking passwords.
    private static final int CHECKS_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int MAX_BYTES = 72;

    private final Encoding encoding;
    private final Map<String, User> users;
    private final User stranger;
    private final Map<String, byte[]> verified;
    private final SecretKeySpec key;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);

    /**
     * A store of these users.
     *
     * @throws IllegalArgumentException if a name comes twice, or with CRYPT a password is not a bcrypt hash
     */
    public UserStore(List<User> users, Encoding encoding) {
        this.encoding = encoding;
        this.users = new LinkedHashMap<>();
        for (User user : users) {
            if (this.users.put(user.username(), user) != null) {
                throw new IllegalArgumentException(
                        "user " + user.username() + " is there twice; give each a name of its own");
            }
            if (encoding == Encoding.CRYPT && !isHash(user.password())) {
                throw new IllegalArgumentException("the password of user " + user.username()
                        + " is not a bcrypt hash ($2a$…, $2b$… or $2y$…); write one, or set encoding: PLAIN");
            }
        }
        this.stranger = new User(
                "-", users.isEmpty() ? new Secret("-") : users.getFirst().password(), null);
        // One entry a configured user: bounded without eviction.
        this.verified = new ConcurrentHashMap<>();
        byte[] salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        this.key = new SecretKeySpec(salt, "HmacSHA256");
    }

    /** The caller whose name and password these are, if they are anyone's. */
    public Optional<Caller> authenticate(Credentials credentials) {
        @Nullable User known = users.get(credentials.username());
        User user = known == null ? stranger : known;
        boolean matches = matches(user, credentials.password(), known != null);
        return matches && known != null ? Optional.of(new Caller(known.username(), known.role())) : Optional.empty();
    }

    /** How many passwords are remembered as right; at most one a user. */
    int remembered() {
        return verified.size();
    }

    private boolean matches(User user, Secret password, boolean isKnown) {
        return switch (encoding) {
            case PLAIN -> user.password().matches(password.reveal());
            case CRYPT -> {
                byte[] digest = digest(user.username(), password);
                byte @Nullable [] before = isKnown ? verified.get(user.username()) : null;
                if (before != null && MessageDigest.isEqual(before, digest)) {
                    yield true;
                }
                boolean right = check(user.password(), password);
                if (right && isKnown) {
                    verified.put(user.username(), digest);
                }
                yield right;
            }
        };
    }

    private boolean check(Secret hash, Secret password) {
        checks.acquireUninterruptibly();
        char[] text = password.reveal().toCharArray();
        try {
            // The library throws for longer ones, and other bcrypts would look at their beginning only.
            return password.reveal().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                    && BCrypt.verifyer().verify(text, hash.reveal().toCharArray()).verified;
        } finally {
            Arrays.fill(text, '\0');
            checks.release();
        }
    }

    private byte[] digest(String username, Secret password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(username.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) ':');
            return mac.doFinal(password.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static boolean isHash(Secret password) {
        return password.reveal().matches("\\$2[abxy]?\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    }
}
