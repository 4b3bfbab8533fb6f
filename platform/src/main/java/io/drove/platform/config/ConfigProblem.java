package io.drove.platform.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param file the file's name as it was given
 * @param line the line, from 1; 0 if the problem belongs to the file as a whole
 * @param key dotted path of the key, empty for the file as a whole
 * @param found what is there; never the value of a secret
 * @param wanted what is allowed instead
 * @param nearest for an unknown key, the known key that is most like it
 */
public record ConfigProblem(
        String file,
        int line,
        String key,
        String found,
        String wanted,
        @Nullable String nearest) {
    /** One line for the operator: {@code controller.yml:12: options.staleAppAge: found "7x", wanted a duration …}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line;
        String what = key.isEmpty() ? place + ": " : place + ": " + key + ": ";
        String hint = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
        return what + "found " + found + ", wanted " + wanted + hint;
    }
}
