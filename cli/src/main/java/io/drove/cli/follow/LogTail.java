package io.drove.cli.follow;

import io.drove.cli.process.Pace;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Follows one log file by byte offsets. Where a page cuts a character, executors differ: ours ends the page before it, and has one question mark
 * for each byte of it at the beginning of the next; the original leaves U+FFFD on both sides. Then the character is read again as a whole.
 *
 * <p>So a page whose text is not longer than what was asked for has as many bytes as its text, counted from its beginning. One that is longer has bytes that are no text; up to the first of
 * them it is counted from its beginning, after the last of them from its end.
 */
public final class LogTail {
    private static final int PAGE = 32 << 10;
    /** How far back the last lines are looked for. */
    private static final int FARTHEST_BACK = 1 << 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final char CUT = '\ufffd';
    private static final int CONTINUATIONS_MAX = 3;

    private final DroveClient client;
    private final String appId;
    private final String instanceId;
    private final String file;

    public LogTail(DroveClient client, String appId, String instanceId, String file) {
        this.client = client;
        this.appId = appId;
        this.instanceId = instanceId;
        this.file = file;
    }

    /** Where the last {@code lines} lines begin, in bytes. */
    public long startOfLast(int lines) {
        long end = client.logLength(appId, instanceId, file);
        long start = end;
        int found = 0;
        while (lines > 0 && start > 0 && end - start < FARTHEST_BACK) {
            Piece piece = pieceBefore(start);
            String text = piece.text();
            for (int at = text.lastIndexOf('\n'); at >= 0; at = text.lastIndexOf('\n', at - 1)) {
                boolean endsTheFile = start == end
                        && at == text.length() - 1
                        && (piece.isLonger() || piece.offset(text.length()) == end);
                if (!endsTheFile && ++found == lines) {
                    return piece.lineAfter(at);
                }
            }
            start = piece.from();
        }
        return start;
    }

    /** The page that ends there, without the rest of a character that it would begin with. */
    private Piece pieceBefore(long end) {
        if (end <= PAGE) {
            return piece(0, end);
        }
        long from = end - PAGE;
        Piece piece = piece(from, end);
        int cut = 0;
        while (cut < CONTINUATIONS_MAX
                && cut < piece.text().length()
                && piece.text().charAt(cut) == CUT) {
            cut++;
        }
        return cut > 0 && piece.isLonger() ? piece(from + cut, end) : piece;
    }

    private Piece piece(long from, long end) {
        int length = (int) (end - from);
        return new Piece(client.readLog(appId, instanceId, file, from, length).text(), from, length);
    }

    /** What was read from there when so many bytes were asked for. */
    private record Piece(String text, long from, int length) {
        long offset(int index) {
            return from + bytes(text.substring(0, index));
        }

        boolean isLonger() {
            return bytes(text) > length;
        }

        /** Where the line after that newline begins; where the piece does, when bytes that are no text stand on both sides of it. */
        long lineAfter(int newline) {
            if (!isLonger() || text.substring(0, newline).indexOf(CUT) < 0) {
                return offset(newline + 1);
            }
            String rest = text.substring(newline + 1);
            return rest.indexOf(CUT) < 0 ? from + length - bytes(rest) : from;
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Hands over everything from byte {@code offset} on, for as long as the pace allows.
     *
     * @param text gets the pieces in order
     * @param remark gets what is not part of the log, such as that the file was rotated
     */
    public void follow(long offset, Pace pace, Consumer<String> text, Consumer<String> remark) {
        long at = offset;
        boolean silent = false;
        do {
            try {
                at = readAll(at, text, remark);
                silent = false;
            } catch (CallFailedException failure) {
                if (!failure.isRetryable()) {
                    throw failure;
                }
                if (!silent) {
                    remark.accept("trying again: " + failure.getMessage());
                }
                silent = true;
            }
        } while (pace.pause(PAUSE));
    }

    /** Reads up to the end of the file as it is now; returns where that is. */
    public long readAll(long offset, Consumer<String> text, Consumer<String> remark) {
        long at = offset;
        long end = client.logLength(appId, instanceId, file);
        if (end < at) {
            remark.accept(file + " became shorter, it was rotated: reading it from its beginning");
            at = 0;
        }
        while (at < end) {
            int length = (int) Math.min(PAGE, end - at);
            String page = client.readLog(appId, instanceId, file, at, length).text();
            if (page.isEmpty()) {
                return at;
            }
            String whole = withoutCutCharacter(page);
            long kept = bytes(whole);
            int all = bytes(page);
            boolean counts = all <= length || whole.indexOf(CUT) < 0;
            boolean exact = counts && kept < length && length - kept <= CONTINUATIONS_MAX;
            text.accept(exact ? whole : page);
            if (exact && at + length >= end) {
                // The last character is still being written.
                return at + kept;
            }
            at += exact ? kept : counts ? all : length;
        }
        return at;
    }

    private static String withoutCutCharacter(String page) {
        int end = page.length();
        while (end > 0 && page.charAt(end - 1) == CUT) {
            end--;
        }
        return page.substring(0, end);
    }
}
