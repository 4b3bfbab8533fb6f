package io.drove.core.agent;

import java.util.ArrayList;
import java.util.List;

/** One step's time and the effects it has decided so far. */
final class Turn {
    final long now;
    final long wall;
    final List<Effect> effects = new ArrayList<>();

    Turn(long now, long wall) {
        this.now = now;
        this.wall = wall;
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void note(String text) {
        effects.add(new Effect.Note(text));
    }
}
