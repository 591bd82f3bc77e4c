package telos.server;

import java.util.List;
import telos.kernel.security.Readers;
import telos.tools.Trust;

/** Whose cached blocks are found again by whom: one text for each set of readers, and no two sets have the same. */
public final class Audiences {
    private Audiences() {}

    /**
     * Of what an agent knows: what this machine tells is the owner's, and an agent may be told that at any time, so whatever
     * everyone may read is kept with it and found again in the next turn. Clients share none of it.
     */
    static String ofAgent(Readers readers) {
        return readers.everyone() || readers.equals(Readers.of(Trust.OWNER)) ? Trust.OWNER : "agent " + coded(readers);
    }

    /** Of what a client sends; empty for what everyone may read. */
    public static String ofClient(Readers readers) {
        return readers.everyone() ? "" : "client " + coded(readers);
    }

    /** Each with its length, so that no two lists of them run together. */
    private static String coded(Readers readers) {
        List<String> principals = readers.principals();
        StringBuilder text = new StringBuilder().append(principals.size());
        principals.forEach(
                each -> text.append(' ').append(each.length()).append(':').append(each));
        return text.toString();
    }
}
