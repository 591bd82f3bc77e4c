package telos.inference.sampling;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** A fixed set of tokens of one vocabulary: those that may come next. */
public final class TokenMask {
    private final int size;
    private final long[] words;

    private TokenMask(int size, long[] words) {
        this.size = size;
        this.words = words;
    }

    /** Every token of a vocabulary of {@code size} tokens. */
    public static TokenMask all(int size) {
        long[] words = new long[wordsFor(size)];
        Arrays.fill(words, -1L);
        if ((size & 63) != 0) {
            words[words.length - 1] = -1L >>> (64 - (size & 63));
        }
        return new TokenMask(size, words);
    }

    public static TokenMask of(int size, int... tokens) {
        Builder builder = builder(size);
        for (int token : tokens) {
            builder.add(token);
        }
        return builder.build();
    }

    public static Builder builder(int size) {
        return new Builder(size);
    }

    /** The size of the vocabulary, not of the set. */
    public int size() {
        return size;
    }

    public boolean allows(int token) {
        return token >= 0 && token < size && (words[token >>> 6] & 1L << token) != 0;
    }

    /** How many tokens are in the set. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    public boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** The lowest token of the set that is {@code from} or above, or -1. */
    public int next(int from) {
        if (from >= size) {
            return -1;
        }
        int index = from >>> 6;
        long word = words[index] & -1L << from;
        while (word == 0) {
            if (++index == words.length) {
                return -1;
            }
            word = words[index];
        }
        return (index << 6) + Long.numberOfTrailingZeros(word);
    }

    /** The token of a set of one, or -1 for any other set. */
    public int only() {
        int first = next(0);
        return first >= 0 && next(first + 1) < 0 ? first : -1;
    }

    /** Gives every token of the set, lowest first. */
    public void forEach(IntConsumer action) {
        for (int token = next(0); token >= 0; token = next(token + 1)) {
            action.accept(token);
        }
    }

    /** The tokens in both sets. */
    public TokenMask and(TokenMask other) {
        sameSize(other);
        long[] both = words.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] &= other.words[i];
        }
        return new TokenMask(size, both);
    }

    /** The tokens in either set. */
    public TokenMask or(TokenMask other) {
        return builder(size).add(this).add(other).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenMask mask && size == mask.size && Arrays.equals(words, mask.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return count() + " of " + size + " tokens";
    }

    private void sameSize(TokenMask other) {
        if (size != other.size) {
            throw new IllegalArgumentException(
                    "masks over " + size + " and " + other.size + " tokens cannot be joined");
        }
    }

    private static int wordsFor(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("a vocabulary cannot have " + size + " tokens");
        }
        return (size + 63) >>> 6;
    }

    /** Collects tokens for a mask. */
    public static final class Builder {
        private final int size;
        private final long[] words;

        private Builder(int size) {
            this.size = size;
            this.words = new long[wordsFor(size)];
        }

        public Builder add(int token) {
            if (token < 0 || token >= size) {
                throw new IllegalArgumentException("token " + token + " is outside a vocabulary of " + size);
            }
            words[token >>> 6] |= 1L << token;
            return this;
        }

        public Builder add(TokenMask mask) {
            if (mask.size != size) {
                throw new IllegalArgumentException("a mask over " + mask.size + " tokens cannot join one over " + size);
            }
            for (int i = 0; i < words.length; i++) {
                words[i] |= mask.words[i];
            }
            return this;
        }

        public TokenMask build() {
            return new TokenMask(size, words.clone());
        }
    }
}
