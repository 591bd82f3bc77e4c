package telos.inference.constraint;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Follows the bytes of JSON that is written, and knows the names that the innermost open object has already. */
final class WrittenNames {
    private static final int DEEPEST = 2_000;

    /** An open object or array. */
    private static final class Level {
        final ByteTrie names = new ByteTrie();
        /** Whether a text that comes now is a name, or an item. */
        boolean name = true;
    }

    private final Deque<Level> levels = new ArrayDeque<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean inText;
    private boolean escaped;

    void clear() {
        levels.clear();
        inText = false;
        escaped = false;
    }

    void accept(byte[] bytes) {
        for (byte value : bytes) {
            accept(value & 0xFF);
        }
    }

    /** The names in the innermost open object, or the texts in the innermost open array, as they are spelled. */
    @Nullable
    ByteTrie names() {
        Level level = levels.peekLast();
        return level == null ? null : level.names;
    }

    private void accept(int value) {
        Level level = levels.peekLast();
        if (inText) {
            if (!escaped && value == '"') {
                inText = false;
                if (level != null && level.name) {
                    level.names.add(text.toByteArray());
                }
                text.reset();
                return;
            }
            escaped = !escaped && value == '\\';
            text.write(value);
            return;
        }
        switch (value) {
            case '"' -> inText = true;
            case '{', '[' -> {
                if (levels.size() < DEEPEST) {
                    levels.add(new Level());
                }
            }
            case '}', ']' -> levels.pollLast();
            case ':' -> {
                if (level != null) {
                    level.name = false;
                }
            }
            case ',' -> {
                if (level != null) {
                    level.name = true;
                }
            }
            default -> {}
        }
    }
}
