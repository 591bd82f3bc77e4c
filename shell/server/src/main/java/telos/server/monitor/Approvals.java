package telos.server.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The questions that wait for an answer. None outlives the daemon: who asked has ended with it. */
final class Approvals {
    /** How many questions may wait at once. */
    static final int MOST = 1_000;

    /** What became of a question. */
    enum Given {
        YES,
        NO,
        /** Nobody answered in time. */
        NOTHING,
        /** The rules that it was asked by are none any more, so no answer to it counts. */
        WORTHLESS
    }

    /** A question, what a yes to it is bound to, and the answer. */
    private static final class Entry {
        private final Pending pending;
        private final String digest;
        private Optional<Given> answer = Optional.empty();

        Entry(Pending pending, String digest) {
            this.pending = pending;
            this.digest = digest;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    boolean full() {
        lock.lock();
        try {
            return entries.size() >= MOST;
        } finally {
            lock.unlock();
        }
    }

    void ask(Pending pending, String digest) {
        lock.lock();
        try {
            entries.put(pending.id(), new Entry(pending, digest));
        } finally {
            lock.unlock();
        }
    }

    /** The questions without an answer, the oldest first. */
    List<Pending> waiting() {
        lock.lock();
        try {
            List<Pending> waiting = new ArrayList<>();
            for (Entry each : entries.values()) {
                if (each.answer.isEmpty()) {
                    waiting.add(each.pending);
                }
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** What a yes to a question that waits is bound to. */
    Optional<String> digest(String id) {
        lock.lock();
        try {
            Entry entry = entries.get(id);
            return entry == null || entry.answer.isPresent() ? Optional.empty() : Optional.of(entry.digest);
        } finally {
            lock.unlock();
        }
    }

    /** False if no such question waits (any more). */
    boolean answer(String id, boolean yes) {
        lock.lock();
        try {
            Entry entry = entries.get(id);
            if (entry == null || entry.answer.isPresent()) {
                return false;
            }
            entry.answer = Optional.of(yes ? Given.YES : Given.NO);
            answered.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Every question that waits is over, for the rules that it was asked by are none any more. */
    void end() {
        lock.lock();
        try {
            for (Entry each : entries.values()) {
                if (each.answer.isEmpty()) {
                    each.answer = Optional.of(Given.WORTHLESS);
                }
            }
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the answer, no longer than that. Then the question is over, whatever became of it. */
    Given await(String id, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (true) {
                Entry entry = entries.get(id);
                if (entry == null) {
                    return Given.NOTHING;
                }
                if (entry.answer.isPresent() || left <= 0) {
                    return entry.answer.orElse(Given.NOTHING);
                }
                left = answered.awaitNanos(left);
            }
        } finally {
            entries.remove(id);
            lock.unlock();
        }
    }

    static String seconds(Duration patience) {
        return TimeUnit.MILLISECONDS.toSeconds(patience.toMillis()) + " seconds";
    }
}
