package telos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;

@Timeout(30)
class ModelsTest {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final ChatRequest REQUEST = ChatRequest.of(
            List.of(new Message.User("x")), List.of(), new ToolChoice.None(), SamplingOptions.greedy(1), "local");

    private final AtomicLong clock = new AtomicLong();
    private final FakeOpener opener = new FakeOpener();
    private final Models models = new Models(opener, clock::get);
    private final FakeModel standard = new FakeModel("standard");

    @BeforeEach
    void ready() {
        models.standard(standard);
    }

    /** Takes some memory, notes whether it is closed, and may be told to wait while it generates. */
    private static final class FakeModel implements ServedModel {
        private final String name;
        private final CountDownLatch generating = new CountDownLatch(1);
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile boolean closed;
        private volatile boolean usedAfterItsEnd;

        FakeModel(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public ModelDescription description() {
            return new ModelDescription(name, "/" + name, "fake", 1, 1, 1);
        }

        @Override
        public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
            generating.countDown();
            usedAfterItsEnd |= closed;
            hold.await();
            usedAfterItsEnd |= closed;
            return ScriptedModel.says(name);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Opens what a test allows; "slow" waits, and "./a" is another spelling of "a". */
    private static final class FakeOpener implements Models.Opener {
        private final List<String> opened = new CopyOnWriteArrayList<>();
        private final Map<String, FakeModel> latest = new ConcurrentHashMap<>();
        private final List<FakeModel> all = new CopyOnWriteArrayList<>();
        private final CountDownLatch loading = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile int room = Integer.MAX_VALUE;

        @Override
        public Models.Found open(String name) throws InterruptedException {
            opened.add(name);
            if (key(name).startsWith("slow")) {
                loading.countDown();
                release.await();
            }
            if (name.contains("absent")) {
                return new Models.Unknown("no model named " + name);
            }
            if (name.contains("broken")) {
                throw new IllegalStateException("a fault");
            }
            return placed(name);
        }

        /** Looks for room and takes it in one step, as memory is taken. */
        private synchronized Models.Found placed(String name) {
            if (all.stream().filter(model -> !model.closed).count() >= room) {
                return new Models.Unusable("does not fit", true);
            }
            FakeModel model = new FakeModel(name);
            latest.put(name, model);
            all.add(model);
            return new Models.Opened(model);
        }

        @Override
        public String key(String name) {
            return name.replaceFirst("^\\./", "");
        }

        FakeModel of(String name) {
            FakeModel model = latest.get(name);
            assertThat(model).as("a model opened as " + name).isNotNull();
            return Objects.requireNonNull(model);
        }
    }

    private ServedModel open(String name) throws InterruptedException {
        return switch (models.open(name)) {
            case Models.Opened(ServedModel model) -> model;
            case Models.Starting _, Models.Unknown _, Models.Unusable _ ->
                throw new AssertionError("not opened: " + name);
        };
    }

    private static String text(ChatOutcome outcome) {
        return outcome instanceof ChatOutcome.Completed completed
                ? completed.message().text()
                : outcome.toString();
    }

    private String generate(ServedModel model) throws InterruptedException {
        return text(model.generate(REQUEST, ChatListener.silent()));
    }

    @Test
    void listsAndServesOtherModelsWhileOneIsBeingLoaded() throws Exception {
        open("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ServedModel> slow = threads.submit(() -> open("slow"));
            opener.loading.await();
            assertThat(models.list()).extracting(ModelDescription::name).containsExactly("standard", "a");
            assertThat(models.memory()).isNotNull();
            assertThat(generate(open(""))).isEqualTo("standard");
            assertThat(generate(open("a"))).isEqualTo("a");
            assertThat(generate(open("b"))).isEqualTo("b");
            assertThat(slow.isDone()).isFalse();
            opener.release.countDown();
            assertThat(slow.get().name()).isEqualTo("slow");
        }
        assertThat(models.served()).hasSize(4);
    }

    @Test
    void loadsOnceForAllWhoAskTogether() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ServedModel>> asking = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> open(i % 2 == 0 ? "slow" : "./slow")))
                    .toList();
            opener.loading.await();
            opener.release.countDown();
            for (Future<ServedModel> each : asking) {
                assertThat(generate(each.get())).endsWith("slow");
            }
        }
        assertThat(opener.opened).hasSize(1);
    }

    @Test
    void loadsOneFileOnceUnderTwoSpellings() throws Exception {
        assertThat(open("./a").name()).isEqualTo("./a");
        assertThat(open("a").name()).isEqualTo("./a");
        assertThat(open("./standard").name()).isEqualTo("standard");
        assertThat(opener.opened).containsExactly("./a");
    }

    @Test
    void letsOneGoWhosePatienceEndsAndLoadsOn() throws Exception {
        assertThatThrownBy(() -> models.open("slow", () -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class);
        opener.release.countDown();
        assertThat(open("slow").name()).isEqualTo("slow");
        assertThat(opener.opened).hasSize(1);
    }

    @Test
    void loadsNothingForANameThatIsNotKnown() throws Exception {
        Models.Unknown unknown = new Models.Unknown("no such model");
        Models strict = new Models(new Models.Opener() {
            @Override
            public Models.Found open(String name) {
                throw new AssertionError("was opened");
            }

            @Override
            public Optional<Models.Unknown> unknown(String name) {
                return Optional.of(unknown);
            }
        });
        strict.standard(standard);
        assertThat(strict.open("nobody")).isEqualTo(unknown);
        assertThat(strict.open("standard")).isInstanceOf(Models.Opened.class);
    }

    @Test
    void letsOneWhoNoLongerWaitsGoAndLoadsOn() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Thread impatient = Thread.ofVirtual().start(() -> {
            try {
                models.open("slow");
            } catch (InterruptedException _) {
                gone.countDown();
            }
        });
        opener.loading.await();
        impatient.interrupt();
        gone.await();
        opener.release.countDown();
        assertThat(open("slow").name()).isEqualTo("slow");
        assertThat(opener.opened).containsExactly("slow");
    }

    @Test
    void tellsAllWhoWaitedWhyItFailedAndTriesAgainForTheNext() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Models.Found>> asking = IntStream.range(0, 5)
                    .mapToObj(i -> threads.submit(() -> models.open("slow absent")))
                    .toList();
            opener.loading.await();
            opener.release.countDown();
            for (Future<Models.Found> each : asking) {
                assertThat(each.get()).isEqualTo(new Models.Unknown("no model named slow absent"));
            }
        }
        int before = opener.opened.size();
        assertThat(models.open("slow absent")).isInstanceOf(Models.Unknown.class);
        assertThat(opener.opened).hasSize(before + 1);
    }

    @Test
    void makesAFaultWhileLoadingARefusalAndServesOn() throws Exception {
        assertThat(models.open("broken"))
                .isInstanceOfSatisfying(
                        Models.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains("broken", "a fault"));
        assertThat(generate(open("a"))).isEqualTo("a");
    }

    @Test
    void closesAModelThatNobodyHasUsedForAWhile() throws Exception {
        open("a");
        clock.addAndGet(IDLE.toNanos() - 1);
        models.closeIdle(IDLE);
        assertThat(opener.of("a").closed).isFalse();
        clock.addAndGet(1);
        models.closeIdle(IDLE);
        assertThat(opener.of("a").closed).isTrue();
        assertThat(models.list()).extracting(ModelDescription::name).containsExactly("standard");
    }

    @Test
    void neverClosesTheDefaultModel() {
        clock.addAndGet(IDLE.multipliedBy(100).toNanos());
        models.closeIdle(IDLE);
        assertThat(standard.closed).isFalse();
    }

    @Test
    void neverClosesAModelThatGenerates() throws Exception {
        ServedModel a = open("a");
        FakeModel behind = opener.of("a");
        behind.hold = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> answer = threads.submit(() -> generate(a));
            behind.generating.await();
            clock.addAndGet(IDLE.multipliedBy(100).toNanos());
            models.closeIdle(IDLE);
            opener.room = 1;
            assertThat(models.open("b")).isEqualTo(new Models.Unusable("does not fit", true));
            assertThat(behind.closed).isFalse();
            behind.hold.countDown();
            assertThat(answer.get()).isEqualTo("a");
        }
        models.closeIdle(IDLE);
        assertThat(behind.closed).as("idle from the end of its answer on").isFalse();
        clock.addAndGet(IDLE.toNanos());
        models.closeIdle(IDLE);
        assertThat(behind.closed).isTrue();
    }

    @Test
    void makesRoomByClosingTheOneThatHasBeenIdleForLongest() throws Exception {
        opener.room = 2;
        open("a");
        clock.incrementAndGet();
        ServedModel b = open("b");
        clock.incrementAndGet();
        open("a");
        clock.incrementAndGet();
        open("c");
        assertThat(opener.of("b").closed).isTrue();
        assertThat(opener.of("a").closed).isFalse();
        clock.incrementAndGet();
        assertThat(generate(b)).as("loaded again for one who held it").isEqualTo("b");
        assertThat(opener.of("a").closed).isTrue();
        assertThat(opener.opened).containsExactly("a", "b", "c", "c", "b", "b");
    }

    @Test
    void saysWhyWhenAModelThatWasClosedCannotBeLoadedAgain() throws Exception {
        ServedModel a = open("a");
        clock.addAndGet(IDLE.toNanos());
        models.closeIdle(IDLE);
        opener.room = 0;
        assertThat(a.generate(REQUEST, ChatListener.silent()))
                .isEqualTo(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "does not fit"));
    }

    @Test
    void closesEverythingAtTheEndWhatWasBeingLoadedToo() throws Exception {
        open("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Models.Found> slow = threads.submit(() -> models.open("slow"));
            opener.loading.await();
            models.close();
            assertThat(slow.get()).isEqualTo(new Models.Unusable("the daemon is stopping"));
        }
        assertThat(standard.closed).isTrue();
        assertThat(opener.all).allMatch(model -> model.closed);
        assertThat(models.open("b")).isEqualTo(new Models.Unusable("the daemon is stopping"));
    }

    @Test
    void hasNothingToOfferBeforeTheDefaultIsThere() throws Exception {
        Models early = new Models(opener, clock::get);
        assertThat(early.open("")).isEqualTo(new Models.Starting());
        assertThat(early.open("a")).isEqualTo(new Models.Starting());
        assertThat(early.list()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void neverUsesAClosedModelHoweverManyComeAndGo(long seed) throws Exception {
        opener.room = 3;
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 8; client++) {
                Random random = new Random(seed * 100 + client);
                clients.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        clock.incrementAndGet();
                        String name = "m" + random.nextInt(5);
                        if (models.open(name) instanceof Models.Opened(ServedModel model)) {
                            if (model.generate(REQUEST, ChatListener.silent())
                                    instanceof ChatOutcome.Completed completed) {
                                assertThat(completed.message().text()).isEqualTo(name);
                            }
                        }
                        if (random.nextInt(10) == 0) {
                            models.closeIdle(Duration.ofNanos(random.nextInt(20)));
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
        models.close();
        assertThat(opener.all).allMatch(model -> model.closed).noneMatch(model -> model.usedAfterItsEnd);
        assertThat(models.served()).hasSizeLessThanOrEqualTo(4);
    }
}
