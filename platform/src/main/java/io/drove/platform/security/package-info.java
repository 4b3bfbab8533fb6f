/**
 * Who may call, and what must stay hidden.
 *
 * <p>Here: text that does not print ({@link io.drove.platform.security.Secret}), users with roles and their passwords, the
 * credentials of an HTTP request, the secret that a cluster's own processes share, strong random secrets and files that only
 * their owner reads. Not here: which endpoint asks for which role (the shell that serves it), tokens of instances, TLS.
 *
 * <p>Front doors: {@code UserStore.authenticate} for people, {@code ClusterSecret.matches} for processes. Comparisons take
 * constant time; nothing here logs. Depends on the plain JDK and a bcrypt library.
 */
@NullMarked
package io.drove.platform.security;

import org.jspecify.annotations.NullMarked;
