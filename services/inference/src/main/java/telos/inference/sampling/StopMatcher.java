package telos.inference.sampling;

import java.util.List;

/**
 * Watches a stream of text for stop strings. Text that could be the start of one is held back until that is decided,
 * so no part of a stop string is ever given out. The first stop string that is complete ends the text; of several
 * complete at the same character, the longest. How the text is cut into pieces makes no difference.
 */
public final class StopMatcher {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    public StopMatcher(List<String> stops) {
        this.stops = List.copyOf(stops);
        if (this.stops.contains("")) {
            throw new IllegalArgumentException("a stop text is empty: give at least one character");
        }
    }

    /** Takes the next piece of text and returns what may be given out now. After the stop it returns nothing. */
    public String accept(String text) {
        if (stopped) {
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            held.append(text.charAt(i));
            int longest = completed();
            if (longest > 0) {
                stopped = true;
                held.setLength(held.length() - longest);
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
        return stopped;
    }

    private int completed() {
        int longest = 0;
        for (String stop : stops) {
            if (stop.length() > longest && endsWith(stop, stop.length())) {
                longest = stop.length();
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
