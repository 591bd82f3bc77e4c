package telos.inference.tokenizer;

import java.util.Arrays;

/** A growing list of token ids. */
final class TokenList {
    private int[] items = new int[64];
    private int size;

    void add(int token) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = token;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
