package telos.server.api.turns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    Choices(Presence presence) {
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

    List<ChatOutcome> run(List<Choice> choices) throws IOException, InterruptedException {
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
        BlockingQueue<Branch> ended = new LinkedBlockingQueue<>();
        List<Branch> branches = new ArrayList<>();
        @Nullable ChatOutcome wrong = null;
        try {
            for (Choice choice : choices) {
                branches.add(new Branch(choice, ended));
            }
            for (int i = 0; i < choices.size() && wrong == null; i++) {
                ChatOutcome outcome = ended.take().outcome();
                wrong = outcome instanceof ChatOutcome.Completed ? null : outcome;
            }
        } finally {
            end(branches);
        }
        // what was cancelled since is told as what went wrong first
        ChatOutcome first = wrong;
        return first == null
                ? branches.stream().map(Branch::outcome).toList()
                : Collections.nCopies(branches.size(), first);
    }

    /** Cancels what still runs, and returns when nothing does. */
    private static void end(List<Branch> branches) {
        branches.forEach(branch -> branch.thread.interrupt());
        boolean interrupted = false;
        for (Branch branch : branches) {
            while (branch.thread.isAlive()) {
                try {
                    branch.thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of several generations, on a thread of its own. */
    private final class Branch {
        private final Thread thread;
        private @Nullable ChatOutcome outcome;
        private @Nullable RuntimeException fault;

        Branch(Choice choice, BlockingQueue<Branch> ended) {
            thread = Thread.ofVirtual().name("choice").start(() -> {
                try {
                    outcome = choice.work().run(new Watched(choice.listener()));
                } catch (InterruptedException _) {
                    outcome = new ChatOutcome.Failed("the generation was cancelled");
                } catch (RuntimeException e) {
                    fault = e;
                } finally {
                    ended.add(this);
                }
            });
        }

        /** To be asked once it has ended. */
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
