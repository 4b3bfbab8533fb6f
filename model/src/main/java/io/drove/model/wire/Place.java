package io.drove.model.wire;

import org.jspecify.annotations.Nullable;

/** Where in a document something stands, such as {@code spec.exposedPorts[0].name}. Written out only when it is told: most documents are sound. */
final class Place {
    private static final int FIELD = -1;
    private static final int ENTRY = -2;

    static final Place DOCUMENT = new Place(null, "", FIELD);

    private final @Nullable Place in;
    private final String name;
    private final int index;

    private Place(@Nullable Place in, String name, int index) {
        this.in = in;
        this.name = name;
        this.index = index;
    }

    Place field(String field) {
        return new Place(this, field, FIELD);
    }

    Place element(int number) {
        return new Place(this, "", number);
    }

    /** The value of a map; its key is the user's, and may be long. */
    Place entry(String key) {
        return new Place(this, key, ENTRY);
    }

    @Override
    public String toString() {
        if (in == null) {
            return name;
        }
        String before = in.toString();
        if (index >= 0) {
            return before + "[" + index + "]";
        }
        if (index == ENTRY) {
            return before + "[" + Coercion.shorten(name) + "]";
        }
        return before.isEmpty() ? name : before + "." + name;
    }
}
