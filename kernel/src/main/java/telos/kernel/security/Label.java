package telos.kernel.security;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a value demands of whoever handles it: how far it may be trusted, and who may read it. Labels form a lattice;
 * higher is less trusted and fewer readers. Sources explain and are no part of equality.
 */
@SuppressWarnings("ReferenceEquality") // what is the same object needs no second look
public record Label(Integrity integrity, Readers readers, Sources sources) {
    /** What a plan's own literals carry: the user wrote it, everyone may read it. */
    public static final Label BOTTOM = new Label(Integrity.USER, Readers.EVERYONE, Sources.NONE);

    /** What a value carries whose label was not given: nobody is trusted, nobody may read. */
    public static final Label MISSING = new Label(Integrity.UNTRUSTED, Readers.NOBODY, Sources.NONE);

    public Label {
        Objects.requireNonNull(integrity, "integrity");
        Objects.requireNonNull(readers, "readers");
        Objects.requireNonNull(sources, "sources");
    }

    /** A label without sources; {@link #BOTTOM} itself where it demands nothing. */
    public static Label of(Integrity integrity, Readers readers) {
        return of(integrity, readers, Sources.NONE);
    }

    /** {@link #BOTTOM} itself where it demands nothing and there is nothing to explain. */
    public static Label of(Integrity integrity, Readers readers, Sources sources) {
        return integrity == Integrity.USER && readers.everyone() && Sources.NONE.holds(sources)
                ? BOTTOM
                : new Label(integrity, readers, sources);
    }

    /** Whether it demands nothing. */
    public boolean isBottom() {
        return integrity == Integrity.USER && readers.everyone();
    }

    /** The least label that demands what both demand; one of the two itself where that is it. */
    public Label join(Label other) {
        if (this == other || other == BOTTOM) {
            return this;
        }
        if (this == BOTTOM) {
            return other;
        }
        return joined(other);
    }

    private Label joined(Label other) {
        Integrity lower = integrity.lower(other.integrity);
        Readers both = readers.intersection(other.readers);
        boolean mine = lower == integrity && (both == readers || both.equals(readers));
        boolean theirs = lower == other.integrity && (both == other.readers || both.equals(other.readers));
        if (mine && (!theirs || sources.holds(other.sources))) {
            return this;
        }
        if (theirs && (!mine || other.sources.holds(sources))) {
            return other;
        }
        return new Label(lower, both, sources.union(other.sources));
    }

    /** Whether what carries this label may go where the other label is kept: the other demands at least as much. */
    public boolean flowsInto(Label other) {
        return this == other
                || this == BOTTOM
                || (integrity.atLeast(other.integrity) && readers.containsAll(other.readers));
    }

    /** Whether this label demands at least what the other demands. */
    public boolean covers(Label other) {
        return other.flowsInto(this);
    }

    public Label from(Source source) {
        return new Label(integrity, readers, sources.union(Sources.of(source)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Label label && integrity == label.integrity && readers.equals(label.readers));
    }

    @Override
    public int hashCode() {
        return integrity.hashCode() * 31 + readers.hashCode();
    }

    @Override
    public String toString() {
        return integrity.word() + ", for " + readers;
    }
}
