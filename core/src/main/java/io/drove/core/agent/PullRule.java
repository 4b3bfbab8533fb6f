package io.drove.core.agent;

import io.drove.model.container.PullPolicy;

/** Whether an image that can change under its name is asked for again. */
final class PullRule {
    private PullRule() {}

    /** The policy that {@link PullPolicy#BY_TAG} stands for: pull when the tag is missing or {@code latest}, else only if absent. */
    static PullPolicy resolve(PullPolicy policy, String image) {
        return switch (policy) {
            case ALWAYS, IF_NOT_PRESENT, NEVER -> policy;
            case BY_TAG -> isMovable(image) ? PullPolicy.ALWAYS : PullPolicy.IF_NOT_PRESENT;
        };
    }

    private static boolean isMovable(String image) {
        if (image.contains("@")) {
            return false;
        }
        // A colon before the last slash belongs to the registry's port.
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        return colon < 0 || image.substring(colon + 1).equals("latest");
    }
}
