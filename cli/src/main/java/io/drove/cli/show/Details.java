package io.drove.cli.show;

import java.util.ArrayList;
import java.util.List;

/** Keys and values, one a line, the values below each other; sections with a title and dashes under it. */
public final class Details {
    private sealed interface Part {
        record Title(String text) implements Part {}

        record Pair(String key, String value) implements Part {}

        record Block(String text) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();

    /** Starts a section. */
    public Details section(String title) {
        parts.add(new Part.Title(title));
        return this;
    }

    /** A value, made safe to show. */
    public Details add(String key, String value) {
        parts.add(new Part.Pair(key, Plain.line(value)));
        return this;
    }

    /** A value that the section shows as it is: a table. */
    public Details add(Table table) {
        parts.add(new Part.Block(table.render()));
        return this;
    }

    /** The text with a line feed after each line. */
    public String render() {
        int width = 0;
        for (Part part : parts) {
            width = part instanceof Part.Pair pair ? Math.max(width, pair.key().length()) : width;
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Title title ->
                    text.append(text.isEmpty() ? "" : "\n")
                            .append(title.text())
                            .append('\n')
                            .repeat('-', title.text().length())
                            .append('\n');
                case Part.Pair pair ->
                    text.append(pair.key())
                            .repeat(' ', width - pair.key().length() + 2)
                            .append(pair.value())
                            .append('\n');
                case Part.Block block -> text.append(block.text());
            }
        }
        return text.toString();
    }
}
