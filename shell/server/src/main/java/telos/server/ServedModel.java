package telos.server;

import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;

/** A model as requests see it: one that runs here, or one that a server elsewhere runs. */
public interface ServedModel extends AutoCloseable {
    String name();

    /** What the daemon tells of it. */
    ModelDescription description();

    /**
     * Runs one turn on the calling thread, which waits for it.
     *
     * @throws InterruptedException if the thread was interrupted; the turn is cancelled
     */
    ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException;

    /** Its KV memory; empty for a model that runs elsewhere. */
    default MemoryReport memory() {
        return MemoryReport.EMPTY;
    }

    /** Its counters; zero for a model that runs elsewhere. */
    default ModelFigures figures() {
        return ModelFigures.NONE;
    }

    @Override
    void close();
}
