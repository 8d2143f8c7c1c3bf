package org.regstream.core.line;

import java.util.ArrayList;
import java.util.List;

/** What a step gives out so far. */
final class Effects<T extends Token> {

    private final List<Effect<T>> effects = new ArrayList<>();

    void add(Effect<T> effect) {
        effects.add(effect);
    }

    void note(Effect.Noted what) {
        effects.add(new Effect.Note<>(what));
    }

    List<Effect<T>> all() {
        return List.copyOf(effects);
    }
}
