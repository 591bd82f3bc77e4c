package telos.server.api.turns;

import java.util.List;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;

/**
 * What a request is made of, as whoever sends it says in the member {@code telos_label}. That can only forbid something: where
 * nothing is said, it counts as the sender's own word for everyone.
 */
public final class Labels {
    static final String MEMBER = "telos_label";

    private static final int MOST_READERS = 10_000;
    private static final List<String> LEVELS = List.of("user", "trusted", "untrusted");

    private Labels() {}

    /** A part of it that is missing is the strictest: untrusted, for nobody. */
    public static Label read(Fields body) throws ApiException {
        if (!body.has(MEMBER)) {
            return Label.BOTTOM;
        }
        Fields label = body.object(MEMBER);
        String integrity = label.text("integrity", "untrusted");
        if (!LEVELS.contains(integrity)) {
            throw label.invalid("integrity", "must be user, trusted or untrusted");
        }
        List<String> readers = label.texts("readers", MOST_READERS);
        return Label.of(Integrity.named(integrity), readers.contains("*") ? Readers.EVERYONE : Readers.of(readers))
                .from(new Source(Source.Kind.USER, "telos_label"));
    }
}
