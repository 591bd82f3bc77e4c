package telos.inference.constraint;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of what was worked out about the forms of one vocabulary, in bytes. Past the bound forms forget, those
 * first that were used longest ago: their masks, then their states. What was forgotten is worked out again.
 *
 * <p>A form is guarded by its own lock. Whoever holds one asks for that of another without waiting, so a form that is busy
 * forgets nothing until it is its own turn.
 */
final class FormMemory {
    private static final int HEAP_PART = 8;
    private static final int FORM_PART = 4;

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong uses = new AtomicLong();
    private final List<Account> accounts = new ArrayList<>();
    private final ReferenceQueue<TokenAutomaton> gone = new ReferenceQueue<>();

    /** @param limit bytes for all forms together; a single one may take a quarter of them */
    FormMemory(long limit) {
        this.limit = limit;
    }

    /** A part of the heap. */
    static FormMemory ofHeap() {
        return new FormMemory(Runtime.getRuntime().maxMemory() / HEAP_PART);
    }

    /** What one form takes. */
    static final class Account extends WeakReference<TokenAutomaton> {
        private long bytes;
        private volatile long lastUse;

        private Account(TokenAutomaton form, ReferenceQueue<TokenAutomaton> gone) {
            super(form, gone);
        }
    }

    Account open(TokenAutomaton form) {
        Account account = new Account(form, gone);
        synchronized (accounts) {
            expunge();
            accounts.add(account);
        }
        return account;
    }

    /** Bytes in use by all forms. */
    long used() {
        return used.get();
    }

    /** The form, whose lock is held, takes so much now. */
    void takes(TokenAutomaton form, Account account, long bytes) {
        account.lastUse = uses.incrementAndGet();
        charge(account, bytes);
        if (bytes > limit / FORM_PART) {
            form.forgetMasks();
            charge(account, form.bytes());
            if (form.bytes() > limit / FORM_PART) {
                form.forgetStates();
                charge(account, form.bytes());
            }
        }
        if (used.get() > limit) {
            relieve();
        }
    }

    private void charge(Account account, long bytes) {
        if (bytes != account.bytes) {
            used.addAndGet(bytes - account.bytes);
            account.bytes = bytes;
        }
    }

    private void relieve() {
        List<Account> eldest;
        synchronized (accounts) {
            expunge();
            eldest = new ArrayList<>(accounts);
        }
        eldest.sort(Comparator.comparingLong(account -> account.lastUse));
        for (boolean states : new boolean[] {false, true}) {
            for (Account account : eldest) {
                TokenAutomaton form = account.get();
                if (used.get() <= limit - limit / FORM_PART) {
                    return;
                }
                if (form != null && form.lock().tryLock()) {
                    try {
                        if (states) {
                            form.forgetStates();
                        } else {
                            form.forgetMasks();
                        }
                        charge(account, form.bytes());
                    } finally {
                        form.lock().unlock();
                    }
                }
            }
        }
    }

    /** Takes off what forms had that nobody holds any more. */
    private void expunge() {
        @Nullable Object found = gone.poll();
        while (found != null) {
            if (found instanceof Account account) {
                accounts.remove(account);
                charge(account, 0);
            }
            found = gone.poll();
        }
    }
}
