package telos.kernel.scheduling;

/**
 * The part of a model's depth that tokens are taken through: of the {@code of} parts it is cut into, those from
 * {@code from} to before {@code to}.
 */
public record Depth(int from, int to, int of) {
    /** Of a model that is not cut. */
    public static final Depth WHOLE = whole(1);

    public Depth {
        if (from < 0 || to < from || of < to || of < 1) {
            throw new IllegalArgumentException("of " + of + " parts there are none from " + from + " to " + to);
        }
    }

    /** All of a depth of so many parts. */
    public static Depth whole(int parts) {
        return new Depth(0, parts, parts);
    }

    public int parts() {
        return to - from;
    }

    public boolean isWhole() {
        return parts() == of;
    }

    /** Whether nothing comes after it. */
    public boolean reachesTheEnd() {
        return to == of;
    }

    /** Its first parts. */
    Depth first(int parts) {
        return new Depth(from, from + parts, of);
    }

    /** What comes after it. */
    Depth rest() {
        return new Depth(to, of, of);
    }
}
