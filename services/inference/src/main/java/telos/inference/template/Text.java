package telos.inference.template;

import java.util.ArrayList;
import java.util.List;
import telos.inference.tokenizer.Piece;

/**
 * A string that remembers which of its characters the template wrote itself and which came out of a value. Cutting and
 * joining keep that to the character.
 */
final class Text implements Value {
    static final Text EMPTY = new Text(List.of(), "");

    /** None empty, neighbours of different trust. */
    private final List<Piece> pieces;

    private final String value;

    private Text(List<Piece> pieces, String value) {
        this.pieces = pieces;
        this.value = value;
    }

    static Text of(String value, boolean trusted) {
        return value.isEmpty() ? EMPTY : new Text(List.of(new Piece(value, trusted)), value);
    }

    static Text trusted(String value) {
        return of(value, true);
    }

    static Text untrusted(String value) {
        return of(value, false);
    }

    String value() {
        return value;
    }

    List<Piece> pieces() {
        return pieces;
    }

    int length() {
        return value.length();
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    Text plus(Text that) {
        if (isEmpty()) {
            return that;
        }
        return that.isEmpty() ? this : new Builder().append(this).append(that).build();
    }

    /** The chars from {@code from} to {@code to}. */
    Text substring(int from, int to) {
        if (from == 0 && to == value.length()) {
            return this;
        }
        if (from >= to) {
            return EMPTY;
        }
        if (pieces.size() == 1) {
            return of(value.substring(from, to), pieces.getFirst().trusted());
        }
        Builder out = new Builder();
        int start = 0;
        for (Piece piece : pieces) {
            int end = start + piece.text().length();
            int a = Math.max(from, start);
            int b = Math.min(to, end);
            if (a < b) {
                out.append(piece.text().substring(a - start, b - start), piece.trusted());
            }
            start = end;
        }
        return out.build();
    }

    /** This text with other characters in the same places; untrusted throughout when their number differs. */
    Text recast(String changed) {
        if (pieces.size() == 1) {
            return of(changed, pieces.getFirst().trusted());
        }
        if (changed.length() != value.length()) {
            return untrusted(changed);
        }
        Builder out = new Builder();
        int start = 0;
        for (Piece piece : pieces) {
            int end = start + piece.text().length();
            out.append(changed.substring(start, end), piece.trusted());
            start = end;
        }
        return out.build();
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Text text && text.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    /** Joins texts and gathers the output. */
    static final class Builder {
        private final List<Piece> done = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private boolean trusted;
        private int length;

        Builder append(String text, boolean trust) {
            if (text.isEmpty()) {
                return this;
            }
            if (trust != trusted) {
                close();
                trusted = trust;
            }
            open.append(text);
            length += text.length();
            return this;
        }

        Builder append(Text text) {
            for (Piece piece : text.pieces) {
                append(piece.text(), piece.trusted());
            }
            return this;
        }

        int length() {
            return length;
        }

        private void close() {
            if (!open.isEmpty()) {
                done.add(new Piece(open.toString(), trusted));
                open.setLength(0);
            }
        }

        Text build() {
            close();
            StringBuilder whole = new StringBuilder(length);
            done.forEach(piece -> whole.append(piece.text()));
            return new Text(List.copyOf(done), whole.toString());
        }
    }
}
