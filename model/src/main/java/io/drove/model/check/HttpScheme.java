package io.drove.model.check;

/** Plain or encrypted HTTP. */
public enum HttpScheme {
    HTTP,
    HTTPS
}
