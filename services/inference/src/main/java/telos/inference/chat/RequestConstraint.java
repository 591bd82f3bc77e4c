package telos.inference.chat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/**
 * A tool call whose names, paths, texts and numbers stand in the request: a small model then cannot misspell them.
 *
 * <p>A text grows only along a place in the request that starts a word, and is closed only where a word ends there; the
 * punctuation that ends a sentence is left out. A name that begins with an asterisk is a pattern, and free. A number is
 * one that the request says, in digits or in words. Where the request offers nothing that fits, the call is left as free
 * as its schema leaves it.
 */
final class RequestConstraint implements Constraint {
    private static final String ARGUMENTS = "\"arguments\":{";
    private static final Pattern COPIED = Pattern.compile("[{,]\"(path|text|name)\":\"([^\"\\\\]*)$");
    private static final Pattern COUNTED = Pattern.compile("[{,]\"(lines|limit|pid|port)\":(\\d*)$");
    /** "The first line" says a number too. */
    private static final String FIRST = "1";

    private final Constraint call;
    private final String request;
    private final Set<String> numbers;
    private final IntFunction<byte[]> spelling;
    private final StringBuilder written = new StringBuilder();

    /** @param spelling the bytes of a token */
    RequestConstraint(Constraint call, String request, IntFunction<byte[]> spelling) {
        this.call = call;
        // one character per byte, as the tokens are spelled
        this.request = new String(request.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        this.numbers = SpokenNumbers.in(request);
        this.spelling = spelling;
    }

    @Override
    public TokenMask allowed() {
        TokenMask valid = call.allowed();
        Continuation continuation = continuation();
        if (continuation == null) {
            return valid;
        }
        TokenMask.Builder fitting = TokenMask.builder(valid.size());
        boolean any = false;
        for (int token = valid.next(0); token >= 0; token = valid.next(token + 1)) {
            if (continuation.fits(text(token))) {
                fitting.add(token);
                any = true;
            }
        }
        return any ? fitting.build() : valid;
    }

    @Override
    public boolean settled() {
        return call.settled() && continuation() == null;
    }

    @Override
    public int only() {
        int forced = call.only();
        Continuation continuation = continuation();
        if (forced >= 0 || continuation == null) {
            return forced;
        }
        TokenMask valid = call.allowed();
        int found = -1;
        for (int token = valid.next(0); token >= 0; token = valid.next(token + 1)) {
            if (continuation.fits(text(token))) {
                if (found >= 0) {
                    return -1;
                }
                found = token;
            }
        }
        return found;
    }

    private interface Continuation {
        boolean fits(String more);
    }

    /** What the value being written is held to; null where it is free. */
    private @Nullable Continuation continuation() {
        int arguments = written.indexOf(ARGUMENTS);
        if (arguments < 0) {
            return null;
        }
        String inside = written.substring(arguments + ARGUMENTS.length() - 1);
        Matcher copied = COPIED.matcher(inside);
        if (copied.find()) {
            String value = copied.group(2);
            boolean pattern = copied.group(1).equals("name");
            return more -> (pattern && (value + more).startsWith("*")) || follows(value, more);
        }
        Matcher counted = COUNTED.matcher(inside);
        if (!counted.find()) {
            return null;
        }
        boolean lines = counted.group(1).equals("lines");
        String digits = counted.group(2);
        return more -> counts(digits, more, lines);
    }

    private boolean counts(String value, String more, boolean lines) {
        int end = 0;
        while (end < more.length() && Character.isDigit(more.charAt(end))) {
            end++;
        }
        String longer = value + more.substring(0, end);
        if (lines && longer.equals(FIRST)) {
            return true;
        }
        return end < more.length()
                ? numbers.contains(longer)
                : numbers.stream().anyMatch(number -> number.startsWith(longer));
    }

    private boolean follows(String value, String more) {
        int quote = more.indexOf('"');
        String longer = value + (quote < 0 ? more : more.substring(0, quote));
        for (int at = request.indexOf(longer); at >= 0 && at < request.length(); at = request.indexOf(longer, at + 1)) {
            boolean starts = at == 0 || !inWord(request.charAt(at - 1));
            int end = at + longer.length();
            if (starts && (quote < 0 ? canEnd(at, end) : ends(longer, end))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value that starts at {@code at} can be whole at {@code least} or later. */
    private boolean canEnd(int at, int least) {
        for (int end = least; end <= request.length(); end++) {
            if (ends(request.substring(at, end), end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code value}, which ends before {@code end} of the request, is whole there. */
    private boolean ends(String value, int end) {
        if (value.isEmpty()) {
            return false;
        }
        if (end < request.length() && (inWord(request.charAt(end)) || goesOn(end))) {
            return false;
        }
        boolean sentenceEnds = end == request.length() || request.charAt(end) == ' ';
        return !sentenceEnds || !punctuated(value);
    }

    /** Whether a full stop at {@code at} stands within a word, as in "a.log" and "mp4.6". */
    private boolean goesOn(int at) {
        return request.charAt(at) == '.' && at + 1 < request.length() && inWord(request.charAt(at + 1));
    }

    /** Whether the last character belongs to the sentence rather than to the value; "." and "src/.." are paths. */
    private static boolean punctuated(String value) {
        char last = value.charAt(value.length() - 1);
        if (last == '.') {
            return value.length() > 1
                    && inWord(value.charAt(value.length() - 2))
                    && value.charAt(value.length() - 2) != '/';
        }
        return last == ',' || last == ';' || last == ':' || last == '!' || last == '?';
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
