package io.drove.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} (nested, if need be) in one value, and remembers what was unset. */
final class Variables {
    private final Map<String, String> environment;
    private final List<String> unset = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Names that had neither a value nor a default, in order of appearance. */
    List<String> unset() {
        return unset;
    }

    String replaceIn(String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.startsWith("${", at) ? closingBrace(text, at + 2) : -1;
            if (text.startsWith("$${", at)) {
                result.append("${");
                at += 3;
            } else if (end >= 0) {
                result.append(valueOf(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                result.append(text.charAt(at));
                at++;
            }
        }
        return result.toString();
    }

    private String valueOf(String expression) {
        int split = expression.indexOf(":-");
        String name = split < 0 ? expression : expression.substring(0, split);
        String value = environment.get(name);
        if (split >= 0) {
            // As in a shell: ":-" also replaces a variable that is set to nothing.
            return value == null || value.isEmpty() ? replaceIn(expression.substring(split + 2)) : value;
        }
        if (value == null) {
            unset.add(name);
            return "";
        }
        return value;
    }

    private static int closingBrace(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
