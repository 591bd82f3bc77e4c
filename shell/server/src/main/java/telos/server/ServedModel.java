package telos.server;

import java.util.List;
import java.util.Optional;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Detokenized;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.inference.chat.Patience;
import telos.inference.chat.Prompted;
import telos.inference.chat.Tokenized;
import telos.server.clock.Clock;

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

    /**
     * Goes on with a text on the calling thread, without a chat template.
     *
     * @throws InterruptedException if the thread was interrupted; the turn is cancelled
     */
    default ChatOutcome complete(CompletionRequest request, ChatListener listener) throws InterruptedException {
        return new ChatOutcome.Refused(ChatOutcome.Reason.UNSUPPORTED, name() + " does not continue bare text");
    }

    /**
     * Puts texts into vectors on the calling thread, which waits.
     *
     * @throws InterruptedException if the thread was interrupted; what was not done yet is cancelled
     */
    default Embedded embed(EmbeddingRequest request, Patience patience) throws InterruptedException {
        return new Embedded.Refused(ChatOutcome.Reason.UNSUPPORTED, name() + " makes no embeddings");
    }

    /**
     * Cuts a text into tokens.
     *
     * @param special whether names of control tokens in the text become those tokens
     */
    default Tokenized tokenize(String text, boolean special) {
        return new Tokenized.Refused(ChatOutcome.Reason.UNSUPPORTED, name() + " does not tell its tokens");
    }

    default Detokenized detokenize(List<Integer> tokens) {
        return new Detokenized.Refused(ChatOutcome.Reason.UNSUPPORTED, name() + " does not tell its tokens");
    }

    /** How long the prompt of a request is. */
    default Prompted promptTokens(ChatRequest request) {
        return new Prompted.Refused(ChatOutcome.Reason.UNSUPPORTED, name() + " does not tell its tokens");
    }

    /** Its KV memory; empty for a model that runs elsewhere. */
    default MemoryReport memory() {
        return MemoryReport.EMPTY;
    }

    /** Its counters; zero for a model that runs elsewhere. */
    default ModelFigures figures() {
        return ModelFigures.NONE;
    }

    /** How its service is divided; empty for a model that runs elsewhere. */
    default Optional<Clock> clock() {
        return Optional.empty();
    }

    @Override
    void close();
}
