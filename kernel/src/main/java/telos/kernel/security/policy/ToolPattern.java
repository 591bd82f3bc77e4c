package telos.kernel.security.policy;

import java.util.Objects;

/** A tool's name, in which each {@code *} stands for any characters. */
public record ToolPattern(String text) {
    public ToolPattern {
        Objects.requireNonNull(text, "text");
    }

    public boolean exact() {
        return text.indexOf('*') < 0;
    }

    /** In time linear in the name for each star. */
    public boolean fits(String tool) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < tool.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < text.length() && text.charAt(at) == tool.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
