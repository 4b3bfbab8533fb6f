package io.drove.cli.show;

import io.drove.client.Json.Unprintable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of others, made safe to show. */
public final class Plain {
    private Plain() {}

    /** One line: every character that cannot be seen becomes its escape, line feeds too. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** Several lines: line feeds and tabs stay. */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean several) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (several && (c == '\n' || c == '\t')) {
                safe.append(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (Unprintable.is(c)) {
                safe.append(Unprintable.escape(c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** A log for a terminal: as {@link #lines}, but colours (and only colours) of the app are kept, and CR LF is a line's end. */
    public static String log(String text) {
        String unix = text.replace("\r\n", "\n");
        if (unix.indexOf('\u001b') < 0) {
            return lines(unix);
        }
        StringBuilder safe = new StringBuilder(unix.length());
        Matcher colour = Colour.PATTERN.matcher(unix);
        int end = 0;
        while (colour.find()) {
            safe.append(lines(unix.substring(end, colour.start()))).append(colour.group());
            end = colour.end();
        }
        return safe.append(lines(unix.substring(end))).toString();
    }

    /** Loaded only for logs that have colours. */
    private static final class Colour {
        /** Select Graphic Rendition (ECMA-48, 8.3.117) with a bounded number of parameters. */
        static final Pattern PATTERN = Pattern.compile("\u001b\\[[0-9;]{0,30}m");
    }
}
