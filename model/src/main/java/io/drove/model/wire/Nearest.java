package io.drove.model.wire;

import java.util.Collection;
import java.util.Locale;

/** Guesses what was meant by a word that is not known. */
final class Nearest {
    private static final int LENGTH_MAX = 64;

    private Nearest() {}

    /** The candidate closest to {@code word} in quotes, or empty when none is close; case does not count. */
    static String to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > LENGTH_MAX) {
            return "";
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        String best = "";
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance = known.startsWith(wanted + "_") || wanted.startsWith(known + "_") ? 1 : edits(wanted, known);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = "'" + candidate + "'";
            }
        }
        return best;
    }

    /** Levenshtein's distance with swaps of neighbours. */
    private static int edits(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[left.length()][right.length()];
    }
}
