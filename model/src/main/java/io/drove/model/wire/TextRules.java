package io.drove.model.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules for text that becomes a path, a URL, a header, an image or an environment: what would mean something else there than the author can have
 * meant is refused. Each notes a problem; an empty value was told already. Nothing that may be secret is quoted.
 */
final class TextRules {
    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:@/\\-]*");
    private static final char DELETE = 0x7F;
    /** What would end a host within a URL. */
    private static final String NOT_IN_HOST = "@/?#\\";
    /** What means something in a proxy's configuration. */
    private static final String NOT_IN_VHOST = ";{}\"'`$/\\";

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final List<String> ODD_PARTS = List.of("", ".", "..");
    // POSIX ustar: a name of 100 bytes, and a prefix of 155 that ends at a slash.
    private static final int ARCHIVE_NAME_BYTES = 100;
    private static final int ARCHIVE_PREFIX_BYTES = 155;

    private TextRules() {}

    /** An image's name as engines take it. */
    static void image(TreeReader reader, String field, String image) {
        boolean isName = image.isEmpty()
                || (image.length() <= DocumentLimits.IMAGE_MAX
                        && IMAGE.matcher(image).matches()
                        && List.of(image.split("/", -1)).stream().noneMatch(ODD_PARTS::contains));
        if (!isName) {
            reader.violated(
                    field,
                    "must be the name of an image",
                    Coercion.quote(image),
                    "[registry/]name[:tag|@digest] of letters, digits and ._-, at most " + DocumentLimits.IMAGE_MAX
                            + " characters");
        }
    }

    /** A path of a host or container that goes into a mount, where a colon separates. */
    static void mountPath(TreeReader reader, String field, String path) {
        boolean isPath = path.isEmpty() || (path.startsWith("/") && path.indexOf(':') < 0 && isWithoutControls(path));
        if (!isPath) {
            reader.violated(field, "must be an absolute path", Coercion.quote(path), "/a/path without colons");
        }
    }

    /** A file of a host. */
    static void hostFile(TreeReader reader, String field, String path) {
        if (!path.isEmpty() && !path.startsWith("/")) {
            reader.violated(field, "must be an absolute path", Coercion.quote(path), "/a/path");
        }
    }

    /** Where a file goes in a container. A relative one goes below the root, as in the original. */
    static void fileInContainer(TreeReader reader, String field, String path) {
        String inside = path.replaceAll("^/+", "");
        boolean isFile = path.isEmpty()
                || (!List.of(inside.split("/", -1)).contains("..")
                        && !inside.isEmpty()
                        && !inside.endsWith("/")
                        && isWithoutControls(inside)
                        && fitsArchive(inside));
        if (!isFile) {
            reader.violated(
                    field,
                    "must be the path of a file",
                    Coercion.quote(path),
                    "/a/path without .., of at most " + ARCHIVE_PREFIX_BYTES + " bytes and a name of at most "
                            + ARCHIVE_NAME_BYTES);
        } else if (!path.isEmpty() && !path.startsWith("/")) {
            reader.findings().warn(reader.pathOf(field) + " is relative: the file goes to /" + Coercion.shorten(path));
        }
    }

    private static boolean fitsArchive(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean fits = name.length <= ARCHIVE_NAME_BYTES;
        for (int i = Math.max(0, name.length - ARCHIVE_NAME_BYTES - 1);
                !fits && i <= ARCHIVE_PREFIX_BYTES && i < name.length;
                i++) {
            fits = name[i] == '/';
        }
        return fits;
    }

    /** A user or group. */
    static void user(TreeReader reader, String field, String name) {
        if (!isWithoutSpaceAnd("", name) || name.startsWith("-")) {
            reader.violated(field, "must be a name or a number", Coercion.quote(name), "");
        }
    }

    /** The path of a URL on a host that is given elsewhere; must not be able to name another. */
    static void urlPath(TreeReader reader, String field, String path, boolean maySayIt) {
        boolean isPath = isWithoutSpaceAnd("", path);
        try {
            URI uri = URI.create("http://127.0.0.1:1" + (path.startsWith("/") ? path : "/" + path));
            isPath = isPath && "127.0.0.1".equals(uri.getHost()) && uri.getPort() == 1 && uri.getUserInfo() == null;
        } catch (IllegalArgumentException notOne) {
            isPath = false;
        }
        if (!isPath) {
            reader.violated(
                    field,
                    "must be the path of a URL",
                    maySayIt ? Coercion.quote(path) : "",
                    "/a/path?query with everything else escaped as in %20");
        }
    }

    /** A host without anything that would make more of a URL. */
    static void host(TreeReader reader, String field, String host) {
        if (!isWithoutSpaceAnd(NOT_IN_HOST, host)) {
            reader.violated(field, "must be a host name or address", Coercion.quote(host), "");
        }
    }

    /** A virtual host, which ends up in the configuration of proxies. */
    static void virtualHost(TreeReader reader, String field, String host) {
        if (!isWithoutSpaceAnd(NOT_IN_VHOST, host) || host.length() > DocumentLimits.HOST_MAX) {
            reader.violated(
                    field,
                    "must be a host name",
                    Coercion.quote(host),
                    "at most " + DocumentLimits.HOST_MAX + " characters, no space and none of ;{}\"'`$/\\");
        }
    }

    /** A spec that was read back and is sent again would run with stars for its secrets: whoever sends it is told. */
    static void unmasked(TreeReader reader, String field, @Nullable String text) {
        if (SpecMask.HIDDEN.equals(text)) {
            reader.findings()
                    .warn(Coercion.shorten(reader.pathOf(field)) + " is " + SpecMask.HIDDEN
                            + ": a spec that was read back has its secrets masked");
        }
    }

    /** Headers of a call; values may be secret. */
    static void headers(TreeReader reader, String field, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches()) {
                reader.violated(at(field, name), "must be the name of an HTTP header", "", "");
            }
            headerValue(reader, at(field, name), value);
        });
    }

    static void headerValue(TreeReader reader, String field, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            reader.violated(field, "must be one line", "", "");
        }
    }

    /** Environment variables, as the kernel hands them to a process: NAME=value in so many bytes. */
    static void environment(TreeReader reader, String field, Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                reader.violated(
                        at(field, name),
                        "must have a name without =",
                        Coercion.quote(name),
                        "a name such as LOG_LEVEL");
            }
            if (name.length() + value.length() > DocumentLimits.VARIABLE_MAX) {
                reader.violated(
                        at(field, name),
                        "size must be between 0 and " + DocumentLimits.VARIABLE_MAX,
                        name.length() + value.length() + " characters",
                        "");
            }
        });
    }

    /** Names and values that are shown and searched, not stored data. */
    static void tags(TreeReader reader, String field, Map<String, String> tags) {
        tags.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > DocumentLimits.TAG_NAME_MAX || name.indexOf('\0') >= 0) {
                reader.violated(
                        at(field, name),
                        "must have a name of 1 to " + DocumentLimits.TAG_NAME_MAX + " characters",
                        Coercion.quote(name),
                        "");
            }
            if (value.length() > DocumentLimits.TAG_VALUE_MAX) {
                reader.violated(
                        at(field, name),
                        "size must be between 0 and " + DocumentLimits.TAG_VALUE_MAX,
                        value.length() + " characters",
                        "");
            }
        });
    }

    private static String at(String field, String name) {
        return field + "[" + Coercion.shorten(name) + "]";
    }

    /** Whether there is no space in a text, nothing that cannot be seen, and none of those; by hand, since every app with a virtual host is read with it. */
    private static boolean isWithoutSpaceAnd(String others, String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter <= ' ' || letter == DELETE || others.indexOf(letter) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithoutControls(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
