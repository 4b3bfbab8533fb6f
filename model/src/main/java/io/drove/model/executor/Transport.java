package io.drove.model.executor;

/** How an executor's own port is spoken to. */
public enum Transport {
    HTTP,
    HTTPS
}
