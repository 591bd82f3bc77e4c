package telos.server.api.turns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.TokenProbability;
import telos.server.api.http.Exchange;

/**
 * The generations that one request asks for, at work at the same time. Their listeners are called one at a time; when
 * the client has gone, or one of them fails to write, all are cancelled.
 */
public final class Choices {
    /** One generation. */
    @FunctionalInterface
    public interface Work {
        ChatOutcome run(ChatListener listener) throws InterruptedException;
    }

    /** A generation, and who hears it. */
    public record Choice(Work work, ChatListener listener) {}

    private final ReentrantLock writing = new ReentrantLock();
    private final Presence presence;
    private volatile @Nullable IOException broken;

    /** Says by an exception that the client has gone. */
    @FunctionalInterface
    interface Presence {
        void check() throws IOException;
    }

    private Choices(Presence presence) {
        this.presence = presence;
    }

    /**
     * Runs them to their ends.
     *
     * @return how each ended, in the order given
     * @throws IOException if the client has gone; nothing runs any more
     */
    public static List<ChatOutcome> run(Exchange exchange, List<Choice> choices)
            throws IOException, InterruptedException {
        return new Choices(exchange::checkPresence).run(choices);
    }

    private List<ChatOutcome> run(List<Choice> choices) throws IOException, InterruptedException {
        List<ChatOutcome> outcomes = choices.size() == 1
                ? List.of(choices.getFirst()
                        .work()
                        .run(new Watched(choices.getFirst().listener())))
                : together(choices);
        IOException reason = broken;
        if (reason != null) {
            throw reason;
        }
        return outcomes;
    }

    private List<ChatOutcome> together(List<Choice> choices) throws IOException, InterruptedException {
        List<Branch> branches = new ArrayList<>();
        try {
            for (Choice choice : choices) {
                branches.add(new Branch(choice));
            }
            for (Branch branch : branches) {
                branch.thread.join();
            }
        } finally {
            branches.forEach(branch -> branch.thread.interrupt());
        }
        List<ChatOutcome> outcomes = new ArrayList<>();
        for (Branch branch : branches) {
            outcomes.add(branch.outcome());
        }
        return outcomes;
    }

    /** One of several generations, on a thread of its own. */
    private final class Branch {
        private final Thread thread;
        private @Nullable ChatOutcome outcome;
        private @Nullable RuntimeException fault;

        Branch(Choice choice) {
            thread = Thread.ofVirtual().name("choice").start(() -> {
                try {
                    outcome = choice.work().run(new Watched(choice.listener()));
                } catch (InterruptedException _) {
                    outcome = new ChatOutcome.Failed("the generation was cancelled");
                } catch (RuntimeException e) {
                    fault = e;
                }
            });
        }

        /** To be asked once the thread has ended. */
        ChatOutcome outcome() {
            RuntimeException thrown = fault;
            if (thrown != null) {
                throw thrown;
            }
            ChatOutcome ended = outcome;
            return ended == null ? new ChatOutcome.Failed("the generation broke off") : ended;
        }
    }

    /** Passes on what it hears while the client is there. */
    private final class Watched implements ChatListener {
        private final ChatListener inner;

        Watched(ChatListener inner) {
            this.inner = inner;
        }

        @Override
        public void text(String delta, List<TokenProbability> tokens) throws IOException {
            guarded(() -> inner.text(delta, tokens));
        }

        @Override
        public void call(int index, String id, String name, String argumentsDelta) throws IOException {
            guarded(() -> inner.call(index, id, name, argumentsDelta));
        }

        @Override
        public void waiting() throws IOException {
            guarded(inner::waiting);
        }

        private void guarded(Writing write) throws IOException {
            try {
                writing.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("the generation was cancelled");
                interrupted.initCause(e);
                throw interrupted;
            }
            try {
                IOException reason = broken;
                if (reason != null) {
                    throw new IOException("the client went away", reason);
                }
                presence.check();
                write.run();
            } catch (IOException e) {
                if (broken == null) {
                    broken = e;
                }
                throw e;
            } finally {
                writing.unlock();
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
