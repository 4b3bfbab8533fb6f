package io.drove.model.instance;

import io.drove.model.container.PortType;

/** A port of an instance and where it is reached on its host. */
public record PortBinding(String name, int containerPort, int hostPort, PortType type) {}
