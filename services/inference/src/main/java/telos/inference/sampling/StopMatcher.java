package telos.inference.sampling;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches a stream of text for stop strings. Text that could be the start of one is held back until that is decided,
 * so no part of a stop string is ever given out. The first stop string that is complete ends the text; of several
 * complete at the same character, the longest. How the text is cut into pieces makes no difference.
 */
public final class StopMatcher {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private @Nullable String met;

    public StopMatcher(List<String> stops) {
        this.stops = List.copyOf(stops);
        if (this.stops.contains("")) {
            throw new IllegalArgumentException("a stop text is empty: give at least one character");
        }
    }

    /** Takes the next piece of text and returns what may be given out now. After the stop it returns nothing. */
    public String accept(String text) {
        if (stopped()) {
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            held.append(text.charAt(i));
            String completed = completed();
            if (!completed.isEmpty()) {
                met = completed;
                held.setLength(held.length() - completed.length());
                return release(held.length());
            }
        }
        return release(held.length() - open());
    }

    /** Ends the text and returns what was still held back. */
    public String finish() {
        return release(held.length());
    }

    /** Whether a stop string was met. */
    public boolean stopped() {
        return met != null;
    }

    /** The stop string that was met. */
    public Optional<String> met() {
        return Optional.ofNullable(met);
    }

    private String completed() {
        String longest = "";
        for (String stop : stops) {
            if (stop.length() > longest.length() && endsWith(stop, stop.length())) {
                longest = stop;
            }
        }
        return longest;
    }

    /** The length of the longest end of the held text that is the start of a stop string. */
    private int open() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (endsWith(stop, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean endsWith(String stop, int length) {
        int start = held.length() - length;
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (held.charAt(start + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
