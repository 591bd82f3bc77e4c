package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.TokenTrie;

class CallFormsTest {
    private final CallForms forms = new CallForms(bytes());

    private static TokenTrie bytes() {
        List<byte[]> vocabulary = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            vocabulary.add(new byte[] {(byte) value});
        }
        vocabulary.add(new byte[0]);
        return TokenTrie.of(vocabulary, Set.of(256), Set.of(256));
    }

    private void ask(String constant) throws Dialect.Unspeakable, InterruptedException {
        forms.answer(constant(constant));
    }

    private static OutputForm constant(String text) {
        return new OutputForm.Schema("{\"const\":\"" + text + "\"}", false);
    }

    /** Asks for the form of a constant in a thread of its own. */
    private static CompletableFuture<Boolean> asked(CallForms forms, String text) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(forms.answer(constant(text)).isPresent());
            } catch (Dialect.Unspeakable | InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** A compiler that says when it begins and goes on when it may. */
    private static final class Slow implements Function<CallForms.Source, Compilation> {
        final TokenTrie trie = bytes();
        final Semaphore begun = new Semaphore(0);
        final Semaphore goOn = new Semaphore(0);
        final AtomicInteger compiled = new AtomicInteger();

        @Override
        public Compilation apply(CallForms.Source source) {
            compiled.incrementAndGet();
            begun.release();
            goOn.acquireUninterruptibly();
            return CallForms.compile(source, trie);
        }
    }

    @Test
    void keepsNoMoreFormsThanItMay() throws Dialect.Unspeakable, InterruptedException {
        for (int i = 0; i < CallForms.KEPT + 10; i++) {
            ask("number " + i);
        }
        assertThat(forms.size()).isEqualTo(CallForms.KEPT);
        ask("number " + (CallForms.KEPT + 9));
        assertThat(forms.size()).isEqualTo(CallForms.KEPT);
    }

    @Test
    void keepsNoMoreThanALengthOfSources() throws Dialect.Unspeakable, InterruptedException {
        int each = CallForms.KEPT_CHARACTERS / 16;
        for (int i = 0; i < 20; i++) {
            ask((char) ('a' + i) + "b".repeat(each - 100));
        }
        assertThat(forms.size()).isEqualTo(16);
    }

    @Test
    @Timeout(30)
    void aSlowSourceHoldsUpNobodyWhoseFormIsKept() throws Dialect.Unspeakable, InterruptedException {
        Slow slow = new Slow();
        CallForms mixed = new CallForms(slow.trie, slow);
        slow.goOn.release();
        assertThat(mixed.answer(constant("kept"))).isPresent();
        slow.begun.acquire();
        CompletableFuture<Boolean> waiting = asked(mixed, "slow");
        slow.begun.acquire();
        assertThat(mixed.answer(constant("kept"))).isPresent();
        assertThat(waiting).isNotDone();
        slow.goOn.release();
        assertThat(waiting.join()).isTrue();
    }

    @Test
    @Timeout(30)
    void compilesASourceOnceForAllThatAsk() throws InterruptedException {
        Slow slow = new Slow();
        CallForms shared = new CallForms(slow.trie, slow);
        List<CompletableFuture<Boolean>> waiting =
                IntStream.range(0, 20).mapToObj(_ -> asked(shared, "same")).toList();
        slow.begun.acquire();
        slow.goOn.release();
        waiting.forEach(each -> assertThat(each.join()).isTrue());
        assertThat(slow.compiled).hasValue(1);
    }

    @Test
    @Timeout(30)
    void compilesOnlyAFewSourcesAtOnce() throws InterruptedException {
        Slow slow = new Slow();
        CallForms busy = new CallForms(slow.trie, slow);
        List<CompletableFuture<Boolean>> waiting =
                IntStream.range(0, 6).mapToObj(i -> asked(busy, "number " + i)).toList();
        slow.begun.acquire(CallForms.AT_ONCE);
        for (int done = 0; done < waiting.size(); done++) {
            assertThat(slow.compiled.get()).isLessThanOrEqualTo(CallForms.AT_ONCE + done);
            slow.goOn.release();
            if (done + CallForms.AT_ONCE < waiting.size()) {
                slow.begun.acquire();
            }
        }
        waiting.forEach(each -> assertThat(each.join()).isTrue());
    }

    @Test
    void keepsNothingOfACompilationThatFailed() throws Dialect.Unspeakable, InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        TokenTrie trie = bytes();
        CallForms faulty = new CallForms(trie, source -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
            }
            return CallForms.compile(source, trie);
        });
        assertThatThrownBy(() -> faulty.answer(constant("x"))).hasMessage("a fault");
        assertThat(faulty.size()).isZero();
        assertThat(faulty.answer(constant("x"))).isPresent();
    }

    @Test
    @Timeout(30)
    void whoeverWaitsForACompilationThatFailsTriesAnew() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        Semaphore goOn = new Semaphore(0);
        AtomicInteger tries = new AtomicInteger();
        TokenTrie trie = bytes();
        CallForms faulty = new CallForms(trie, source -> {
            begun.release();
            goOn.acquireUninterruptibly();
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
            }
            return CallForms.compile(source, trie);
        });
        CompletableFuture<Boolean> first = asked(faulty, "x");
        begun.acquire();
        CompletableFuture<Boolean> second = asked(faulty, "x");
        goOn.release(2);
        assertThat(first).failsWithin(Duration.ofSeconds(20));
        assertThat(second.join()).isTrue();
    }

    @Test
    @Timeout(30)
    void aWaiterCanBeInterrupted() throws InterruptedException {
        Slow slow = new Slow();
        CallForms shared = new CallForms(slow.trie, slow);
        CompletableFuture<Boolean> first = asked(shared, "same");
        slow.begun.acquire();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                shared.answer(constant("same"));
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (Dialect.Unspeakable e) {
                throw new AssertionError(e);
            }
        });
        waiter.interrupt();
        waiter.join();
        assertThat(interrupted).isTrue();
        slow.goOn.release();
        assertThat(first.join()).isTrue();
    }
}
