package telos.upstream;

import telos.kernel.Message;

/** What came of a turn on a server elsewhere. */
public sealed interface UpstreamReply {
    /**
     * The server finished the turn.
     *
     * @param cutAtLimit whether it stopped because it had generated as much as it may
     */
    record Completed(Message.Assistant message, boolean cutAtLimit, int promptTokens, int completionTokens)
            implements UpstreamReply {}

    /** It did not; the reason names the server and what it said. */
    record Failed(String why) implements UpstreamReply {}
}
