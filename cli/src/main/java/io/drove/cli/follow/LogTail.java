package io.drove.cli.follow;

import io.drove.cli.process.Pace;
import io.drove.client.CallFailedException;
import io.drove.client.DroveClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Follows one log file by byte offsets. How many bytes a page has is what was asked for, never what its text would take: the executor decodes
 * each page by itself, and where a page cuts a character it leaves U+FFFD behind, which this class reads again with the next page.
 */
public final class LogTail {
    private static final int PAGE = 32 << 10;
    /** How far back the last lines are looked for. */
    private static final int FARTHEST_BACK = 1 << 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final char CUT = '\ufffd';

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
            int length = (int) Math.min(PAGE, start);
            String text = client.readLog(appId, instanceId, file, start - length, length)
                    .text();
            byte[] page = text.getBytes(StandardCharsets.UTF_8);
            for (int at = page.length - 1; at >= 0; at--) {
                boolean endsTheFile = start == end && at == page.length - 1;
                if (page[at] == '\n' && !endsTheFile && ++found == lines) {
                    // Counted from the page's end, since its beginning may be a cut character.
                    boolean clean = new String(page, at, page.length - at, StandardCharsets.UTF_8).indexOf(CUT) < 0;
                    return clean ? start - (page.length - at - 1) : start - length;
                }
            }
            start -= length;
        }
        return start;
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
            long kept = whole.getBytes(StandardCharsets.UTF_8).length;
            boolean exact = kept < length && length - kept < 4 && whole.indexOf(CUT) < 0;
            text.accept(exact ? whole : page);
            if (exact && at + length >= end) {
                // The last character is still being written.
                return at + kept;
            }
            at += exact ? kept : length;
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
