package io.drove.model.container;

/** What is spoken on a port. */
public enum PortType {
    HTTP,
    HTTPS,
    TCP,
    UDP
}
