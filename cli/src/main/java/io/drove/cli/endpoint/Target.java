package io.drove.cli.endpoint;

import io.drove.client.Connection;

/**
 * A cluster to talk to.
 *
 * @param source where its endpoint comes from, as messages say it: {@code --endpoint}, {@code DROVE_ENDPOINT}, a file …
 */
public record Target(Connection connection, String source) {}
