package telos.inference.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/**
 * A tool call whose paths and texts stand in the request: a small model then cannot misspell them. A value grows only
 * along a place in the request that starts a word, and is closed only where a word ends there. Where the request offers
 * nothing, the call is left as free as its schema leaves it.
 */
final class CopyingConstraint implements Constraint {
    private static final List<String> COPIED = List.of("\"path\":\"", "\"text\":\"");

    private final Constraint call;
    private final String request;
    private final IntFunction<byte[]> spelling;
    private final StringBuilder written = new StringBuilder();

    /** @param spelling the bytes of a token */
    CopyingConstraint(Constraint call, String request, IntFunction<byte[]> spelling) {
        this.call = call;
        // one character per byte, as the tokens are spelled
        this.request = new String(request.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        this.spelling = spelling;
    }

    @Override
    public TokenMask allowed() {
        TokenMask valid = call.allowed();
        int start = valueStart();
        if (start < 0) {
            return valid;
        }
        String value = written.substring(start);
        TokenMask.Builder copied = TokenMask.builder(valid.size());
        boolean any = false;
        for (int token = valid.next(0); token >= 0; token = valid.next(token + 1)) {
            if (follows(value, text(token))) {
                copied.add(token);
                any = true;
            }
        }
        return any ? copied.build() : valid;
    }

    /** Where the copied value that is being written starts; -1 outside of one, or once it has an escape. */
    private int valueStart() {
        int start = -1;
        for (String opening : COPIED) {
            int at = written.lastIndexOf(opening);
            if (at >= 0) {
                start = Math.max(start, at + opening.length());
            }
        }
        return start >= 0 && written.indexOf("\"", start) < 0 && written.indexOf("\\", start) < 0 ? start : -1;
    }

    private boolean follows(String value, String more) {
        int quote = more.indexOf('"');
        String longer = value + (quote < 0 ? more : more.substring(0, quote));
        for (int at = request.indexOf(longer); at >= 0 && at < request.length(); at = request.indexOf(longer, at + 1)) {
            boolean starts = at == 0 || !inWord(request.charAt(at - 1));
            int end = at + longer.length();
            boolean ends = end == request.length() || !inWord(request.charAt(end));
            if (starts && (quote < 0 || (ends && !longer.isEmpty()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '/' || c == '-';
    }

    private String text(int token) {
        return new String(spelling.apply(token), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void accept(int token) {
        call.accept(token);
        written.append(text(token));
    }

    @Override
    public boolean complete() {
        return call.complete();
    }

    @Override
    public boolean mustEnd() {
        return call.mustEnd();
    }

    @Override
    public void remaining(int tokens) {
        call.remaining(tokens);
    }
}
