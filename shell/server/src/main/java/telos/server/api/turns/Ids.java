package telos.server.api.turns;

import java.util.UUID;

/** Names of what is made here, that nobody else uses. */
public final class Ids {
    private Ids() {}

    /**
     * A new name.
     *
     * @param prefix what it is a name of, as the dialect writes it
     */
    public static String random(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
