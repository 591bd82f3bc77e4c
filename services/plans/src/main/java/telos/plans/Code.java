package telos.plans;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.plans.syntax.Position;

/** A function or a lambda of the plan, compiled. */
final class Code {
    /** A parameter and the variable that it is. */
    record Parameter(String name, int slot) {}

    final String name;
    final Position position;
    final List<Parameter> positional;
    final @Nullable Parameter rest;
    final List<Parameter> keywordOnly;
    final @Nullable Parameter keywords;
    /** Whether it has no other parameters than positional ones, which are its first variables then. */
    final boolean onlyPositional;

    int size;

    @Nullable
    Block body;

    @Nullable
    Expr value;
    /** Variables that functions within read. */
    final BitSet captured = new BitSet();

    Code(
            String name,
            Position position,
            List<Parameter> positional,
            @Nullable Parameter rest,
            List<Parameter> keywordOnly,
            @Nullable Parameter keywords) {
        this.name = name;
        this.position = position;
        this.positional = List.copyOf(positional);
        this.rest = rest;
        this.keywordOnly = List.copyOf(keywordOnly);
        this.keywords = keywords;
        this.onlyPositional = rest == null && keywordOnly.isEmpty() && keywords == null;
    }

    void walkBody(Walk walk) {
        if (body != null) {
            body.walk(walk);
            if (walk.live()) {
                walk.returns(Shadow.known(telos.plans.values.Value.NOTHING));
            }
        } else if (value != null && !walk.resuming()) {
            walk.returns(value.walk(walk));
        }
    }
}
