package io.drove.core.state;

import io.drove.model.instance.InstanceState;

/** An instance that is over: what it was, how it ended, why, and when (wall time in milliseconds). */
public record EndedInstance(InstanceRecord instance, InstanceState state, String error, long updated) {}
