package io.drove.bench.figure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Figures for people and for programs. */
public final class Report {
    private static final List<String> HEAD = List.of("id", "figure", "value", "must have", "moonshot", "verdict");
    private static final int VALUE_COLUMN = 2;
    private static final int MOONSHOT_COLUMN = 4;

    private Report() {}

    /** A line for each figure, with the goals beside it, and {@code missed} said plainly. */
    public static void printTable(List<Figure> figures, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(row(figure)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static List<String> row(Figure figure) {
        String value = figure.unit().show(figure.value());
        return switch (figure.goal()) {
            case Goal.None() -> List.of(figure.id(), figure.name(), value, "", "", "");
            case Goal.AtMost(double mustHave, double moonshot) -> held(figure, value, mustHave, moonshot);
            case Goal.AtLeast(double mustHave, double moonshot) -> held(figure, value, mustHave, moonshot);
        };
    }

    private static List<String> held(Figure figure, String value, double mustHave, double moonshot) {
        return List.of(
                figure.id(),
                figure.name(),
                value,
                figure.unit().showGoal(mustHave),
                figure.unit().showGoal(moonshot),
                figure.verdict());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            boolean isNumber = column >= VALUE_COLUMN && column <= MOONSHOT_COLUMN;
            line.append(isNumber ? blanks + cell : cell + blanks).append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** One JSON document a line, with exactly {@code id}, {@code name}, {@code value}, {@code unit} and {@code shape}. */
    public static void printLines(List<Figure> figures, PrintStream out) {
        JsonMapper json = JsonMapper.shared();
        for (Figure figure : figures) {
            ObjectNode line = json.createObjectNode();
            line.put("id", figure.id());
            line.put("name", figure.name());
            line.put("value", Math.round(figure.value() * 1000) / 1000.0);
            line.put("unit", figure.unit().symbol());
            line.set("shape", json.valueToTree(figure.shape()));
            out.println(line);
        }
    }
}
