package telos.inference.chat;

import telos.kernel.Message;

/** Reads a turn back from its tokens, as they come. */
interface TurnReader {
    /** Takes a token; returns the text that may be shown now, often none. */
    String accept(int token);

    /** The turn is over: the text that was still held back. */
    String finish();

    /** Whether a stop text was met, so that nothing more is wanted. */
    boolean stopped();

    /** The turn, once {@link #finish} was called. */
    Message.Assistant message();
}
