package io.drove.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserStoreTest {
    private static final User PLAIN_ANN = new User("ann", new Secret("secret"), Role.EXTERNAL_ROOT);
    private static final User CRYPT_ANN = new User("ann", hash("secret"), Role.EXTERNAL_READ_WRITE);

    @Test
    void a_plain_password_opens_only_its_own_user() {
        UserStore store = new UserStore(List.of(PLAIN_ANN), UserStore.Encoding.PLAIN);

        assertThat(store.authenticate(login("ann", "secret"))).contains(new Caller("ann", Role.EXTERNAL_ROOT));
        assertThat(store.authenticate(login("ann", "Secret"))).isEmpty();
        assertThat(store.authenticate(login("bob", "secret"))).isEmpty();
        assertThat(store.authenticate(login("-", "secret"))).isEmpty();
    }

    @Test
    void a_hashed_password_is_verified_and_remembered_and_the_wrong_one_still_fails() {
        UserStore store = new UserStore(List.of(CRYPT_ANN), UserStore.Encoding.CRYPT);

        for (int i = 0; i < 3; i++) {
            assertThat(store.authenticate(login("ann", "secret"))).isPresent();
            assertThat(store.authenticate(login("ann", "wrong"))).isEmpty();
            assertThat(store.authenticate(login("bob", "secret"))).isEmpty();
        }
        assertThat(store.remembered()).isEqualTo(1);
    }

    @Test
    void failures_are_not_remembered() {
        UserStore store = new UserStore(List.of(CRYPT_ANN), UserStore.Encoding.CRYPT);

        for (int i = 0; i < 20; i++) {
            assertThat(store.authenticate(login("ann", "guess" + i))).isEmpty();
        }
        assertThat(store.remembered()).isZero();
    }

    @Test
    void a_password_longer_than_bcrypt_takes_does_not_match_by_its_beginning() {
        String longest = "x".repeat(72);
        UserStore store = new UserStore(List.of(new User("ann", hash(longest), null)), UserStore.Encoding.CRYPT);

        assertThat(store.authenticate(login("ann", longest))).isPresent();
        assertThat(store.authenticate(login("ann", longest + "y"))).isEmpty();
    }

    @Test
    void a_plain_password_under_crypt_is_refused_at_the_start() {
        assertThatThrownBy(() -> new UserStore(List.of(PLAIN_ANN), UserStore.Encoding.CRYPT))
                .hasMessageContaining("ann is not a bcrypt hash")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new UserStore(List.of(PLAIN_ANN, PLAIN_ANN), UserStore.Encoding.PLAIN))
                .hasMessageContaining("twice");
    }

    @Test
    void a_user_without_a_role_may_do_nothing_that_asks_for_one() {
        Caller caller = new Caller("ann", null);

        for (Role role : Role.values()) {
            assertThat(caller.may(role)).isFalse();
        }
    }

    @Test
    void root_may_do_all_that_people_may_and_writers_may_read() {
        Caller root = new Caller("root", Role.EXTERNAL_ROOT);
        Caller writer = new Caller("writer", Role.EXTERNAL_READ_WRITE);

        assertThat(root.may(Role.EXTERNAL_READ_WRITE)).isTrue();
        assertThat(root.may(Role.EXTERNAL_MAINTENANCE)).isTrue();
        assertThat(root.may(Role.EXTERNAL_READ_ONLY)).isTrue();
        assertThat(root.may(Role.CLUSTER_NODE)).isFalse();
        assertThat(writer.may(Role.EXTERNAL_READ_ONLY)).isTrue();
        assertThat(writer.may(Role.EXTERNAL_MAINTENANCE)).isFalse();
        assertThat(writer.may(Role.EXTERNAL_ROOT)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_includes_itself_and_is_found_by_both_names(Role role) {
        assertThat(role.includes(role)).isTrue();
        assertThat(Role.named(role.name())).contains(role);
        assertThat(Role.named(role.wireName())).contains(role);
    }

    private static Credentials login(String username, String password) {
        return new Credentials(username, new Secret(password));
    }

    private static Secret hash(String password) {
        return new Secret(BCrypt.withDefaults().hashToString(4, password.toCharArray()));
    }
}
