package io.drove.platform.journal;

/** Counts what is under way, in pieces and bytes, and refuses more than the limits. */
final class Window {
    private final int maxPieces;
    private final int maxBytes;
    private int pieces;
    private int bytes;

    Window(int maxPieces, int maxBytes) {
        this.maxPieces = maxPieces;
        this.maxBytes = maxBytes;
    }

    synchronized boolean enter(int size) {
        if (pieces == maxPieces || bytes > maxBytes - size) {
            return false;
        }
        pieces++;
        bytes += size;
        return true;
    }

    synchronized void leave(int size) {
        pieces--;
        bytes -= size;
    }
}
