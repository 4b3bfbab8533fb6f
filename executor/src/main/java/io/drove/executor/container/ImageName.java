package io.drove.executor.container;

/** An image as the engine's pull call wants it: repository apart from tag or digest. */
record ImageName(String repository, String tag) {
    static ImageName parse(String image) {
        int at = image.indexOf('@');
        if (at >= 0) {
            return new ImageName(image.substring(0, at), image.substring(at + 1));
        }
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        return colon < 0
                ? new ImageName(image, "latest")
                : new ImageName(image.substring(0, colon), image.substring(colon + 1));
    }

    /** The original's key for credentials: the text before the first slash. */
    String registry() {
        int slash = repository.indexOf('/');
        return slash < 0 ? repository : repository.substring(0, slash);
    }
}
