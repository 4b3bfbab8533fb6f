package io.drove.cli.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows under headers, two spaces between columns, numbers to the right: the look of the original's tables.
 *
 * <p>Sorting by a column compares numbers as numbers and everything else as text; equal rows keep their order.
 */
public final class Table {
    private final List<String> headers;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** What stands in a cell: a shown text, and what it is sorted by. */
    public sealed interface Cell {
        String shown();

        /** A text. */
        record Text(String shown) implements Cell {}

        /** A number, or a time, with the way it is shown. */
        record Amount(long value, String shown) implements Cell {}
    }

    public Table(String... headers) {
        this.headers = List.of(headers);
    }

    /** A text made safe to show. */
    public static Cell text(String text) {
        return new Cell.Text(Plain.line(text));
    }

    /** A number. */
    public static Cell number(long value) {
        return new Cell.Amount(value, String.valueOf(value));
    }

    /** Adds a row with a cell for each header. */
    public void add(Cell... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headers.size() + " headers");
        }
        rows.add(List.of(cells));
    }

    /** Puts the rows in the order of one column. */
    public void sort(int column, boolean reverse) {
        Comparator<List<Cell>> order = (a, b) -> compare(a.get(column), b.get(column));
        rows.sort(reverse ? order.reversed() : order);
    }

    private static int compare(Cell a, Cell b) {
        return a instanceof Cell.Amount left && b instanceof Cell.Amount right
                ? Long.compare(left.value(), right.value())
                : a.shown().compareTo(b.shown());
    }

    /** The table with a line feed after each line. */
    public String render() {
        int[] widths = new int[headers.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = headers.get(i).length();
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i).shown()));
            }
        }
        StringBuilder text = new StringBuilder();
        line(headers.stream().map(header -> (Cell) new Cell.Text(header)).toList(), widths, text);
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? "" : "  ").repeat('-', widths[i]);
        }
        text.append('\n');
        rows.forEach(row -> line(row, widths, text));
        return text.toString();
    }

    private void line(List<Cell> cells, int[] widths, StringBuilder text) {
        int start = text.length();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = cells.get(i);
            int padding = widths[i] - width(cell.shown());
            boolean right = isNumeric(i);
            text.append(i == 0 ? "" : "  ")
                    .repeat(' ', right ? padding : 0)
                    .append(cell.shown())
                    .repeat(' ', right ? 0 : padding);
        }
        int end = text.length();
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(row -> row.get(column) instanceof Cell.Amount number
                                && number.shown().equals(String.valueOf(number.value())));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
