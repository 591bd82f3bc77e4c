package telos.cli.top;

import java.util.Locale;

/** What a row is about. */
public enum Kind {
    TENANT,
    AGENT,
    REQUEST,
    PROGRAM;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
