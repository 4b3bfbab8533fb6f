package io.drove.model.container;

/** When an image is pulled before a start. New in this project; the original always pulls. */
public enum PullPolicy {
    /** Pull before each start; when the registry cannot be reached and the image is there, use it and say so. */
    ALWAYS,
    /** Pull only when the engine does not have the image. */
    IF_NOT_PRESENT,
    /** Never pull; a missing image fails the start. */
    NEVER,
    /** The default: {@link #ALWAYS} when the tag is missing or {@code latest}, else {@link #IF_NOT_PRESENT}. */
    BY_TAG
}
