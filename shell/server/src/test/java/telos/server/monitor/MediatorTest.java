package telos.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Term;
import telos.server.Mediation;
import telos.server.monitor.Mediator.Outcome;

@Timeout(30)
class MediatorTest {
    private static final Label FILE =
            Label.of(Integrity.UNTRUSTED, Readers.of("owner")).from(Source.tool("head"));
    private static final String ASKS = "permit head\nask send\n  because \"it leaves the house\"\n";

    @TempDir
    Path home;

    private final Mediation.Noted audit = Mediation.noted();
    private final AtomicLong clock = new AtomicLong(1_000);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private static Rules rules(String text) {
        return ((Rules.Read.Accepted)
                        Rules.read("test", text.getBytes(StandardCharsets.UTF_8), List.of("send", "head")))
                .rules();
    }

    private Mediator mediator(String policy, Audit to, Duration patience) {
        return new Mediator(rules(policy), to, clock::get, patience);
    }

    private Mediator mediator(String policy) {
        return mediator(policy, audit, Duration.ofSeconds(20));
    }

    private static Subject agent(Mediator mediator, Consumer<Pending> asked) {
        return mediator.enter("agent-1", "operator", Label.BOTTOM, asked);
    }

    private static Wanted wanted(String tool, String argument, String value, Label result) {
        SequencedMap<String, Term> values = new LinkedHashMap<>();
        values.put(argument, new Term.Text(value));
        return new Wanted(tool, values, Set.of(), result);
    }

    private Outcome<String> send(Mediator mediator, Subject subject, String to) throws InterruptedException {
        return mediator.perform(subject, wanted("send", "to", to, Label.BOTTOM), () -> {
            done.add(to);
            return "sent";
        });
    }

    private static void read(Mediator mediator, Subject subject) throws InterruptedException {
        assertThat(mediator.perform(subject, wanted("head", "path", "/a", FILE), () -> "text"))
                .isEqualTo(new Outcome.Done<>("text"));
    }

    private void refused(Outcome<String> outcome, String why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
        assertThat(done).isEmpty();
    }

    @Test
    void writesDownWhatItAllowsBeforeItIsDone() throws Exception {
        Mediator mediator = mediator("permit *");
        Subject agent = agent(mediator, _ -> {});
        mediator.perform(agent, wanted("send", "to", "bob", Label.BOTTOM), () -> done.addAll(audit.records()));
        assertThat(done).hasSize(1);
        assertThat(done.getFirst()).contains("\"verdict\":\"allowed\"", "\"rule\":\"test, line 1, column 1\"");
    }

    @Test
    void doesNothingThatCannotBeWrittenDown() throws Exception {
        Audit full = _ -> {
            throw new IOException("No space left on device");
        };
        Mediator mediator = mediator("permit *", full, Duration.ZERO);
        refused(send(mediator, agent(mediator, _ -> {}), "bob"), "cannot be written into the audit: No space left");
        Mediator asking = mediator(ASKS, full, Duration.ZERO);
        refused(send(asking, agent(asking, _ -> {}), "bob"), "cannot be written into the audit");
        assertThat(asking.waiting()).isEmpty();
    }

    @Test
    void keepsNoPolicyThatCannotBeWrittenDown() throws Exception {
        List<String> kept = new ArrayList<>();
        Keeper keeper = rules -> new Kept() {
            @Override
            public void commit() {
                kept.add(rules.name());
            }

            @Override
            public void close() {
                kept.add("closed");
            }
        };
        Mediator full = mediator(
                "permit *",
                _ -> {
                    throw new IOException("No space left on device");
                },
                Duration.ZERO);
        assertThat(full.change(rules("permit head\n"), keeper, Duration.ZERO)).isInstanceOf(Change.Unwritten.class);
        assertThat(kept).containsExactly("closed");
        kept.clear();
        assertThat(mediator("permit *").change(rules("permit head\n"), keeper, Duration.ZERO))
                .isInstanceOf(Change.Made.class);
        assertThat(kept).containsExactly("test", "closed");
    }

    @Test
    void goesByNoPolicyThatCannotBeKeptAndTheAuditSaysWhichStays() throws Exception {
        Mediator mediator = mediator("permit *");
        String before = mediator.rules().toString();
        Keeper nowhere = _ -> {
            throw new IOException("No space left on device");
        };
        assertThat(mediator.change(rules("permit head\n"), nowhere, Duration.ZERO))
                .isInstanceOf(Change.Unkept.class);
        assertThat(audit.records()).isEmpty();
        Keeper failing = _ -> new Kept() {
            @Override
            public void commit() throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void close() {}
        };
        assertThat(mediator.change(rules("permit head\n"), failing, Duration.ZERO))
                .isInstanceOf(Change.Unkept.class);
        assertThat(mediator.rules()).hasToString(before);
        assertThat(audit.records().getLast()).contains(before);
        assertThat(send(mediator, agent(mediator, _ -> {}), "bob")).isEqualTo(new Outcome.Done<>("sent"));
    }

    @Test
    void whatAnAgentHasReadIsInAllThatItDoes() throws Exception {
        Mediator mediator = mediator("permit head\npermit send\n  when call is trusted\n");
        Subject agent = agent(mediator, _ -> {});
        assertThat(send(mediator, agent, "before")).isInstanceOf(Outcome.Done.class);
        done.clear();
        read(mediator, agent);
        refused(send(mediator, agent, "after"), "call is trusted, and untrusted it is (from tool head)");
        assertThat(audit.records().getLast())
                .contains("\"verdict\":\"denied\"", "\"after\":[1,2]", "tool head")
                .doesNotContain("after\"}");
    }

    @Test
    void aRecordHoldsNoValue() throws Exception {
        Mediator mediator = mediator("permit head");
        Subject agent = agent(mediator, _ -> {});
        read(mediator, agent);
        refused(send(mediator, agent, "hunter2-is-the-password"), "no rule permits send");
        assertThat(audit.records()).noneMatch(each -> each.contains("hunter2"));
    }

    @Test
    void aChangeWaitsForWhatTheOldPolicyAllowed() throws Exception {
        Rules forbidding = rules("forbid send\npermit head\n");
        AtomicReference<Mediator> mediator = new AtomicReference<>();
        AtomicReference<Thread> changing = new AtomicReference<>();
        Audit between = new Audit() {
            @Override
            public long append(String json) {
                if (json.contains("allowed") && changing.get() == null) {
                    // Between the judgement and the effect somebody changes the policy.
                    Thread thread = new Thread(() -> {
                        try {
                            mediator.get().change(forbidding, Duration.ofSeconds(20));
                            done.add("changed");
                        } catch (InterruptedException _) {
                            done.add("interrupted");
                        }
                    });
                    changing.set(thread);
                    thread.start();
                    while (thread.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                return audit.append(json);
            }
        };
        mediator.set(mediator("permit send", between, Duration.ZERO));
        Subject agent = agent(mediator.get(), _ -> {});
        mediator.get().perform(agent, wanted("send", "to", "bob", Label.BOTTOM), () -> {
            while (changing.get().getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // the policy is changed, and what is under way is waited for
            }
            return done.add("bob");
        });
        changing.get().join();
        assertThat(done).as("the effect is over before the change is").containsExactly("bob", "changed");
        done.clear();
        refused(send(mediator.get(), agent, "bob"), "forbidden");
    }

    @Test
    void aLongEffectHoldsUpNeitherAChangeNorOtherEffects() throws Exception {
        Mediator mediator = mediator("permit *");
        Subject agent = agent(mediator, _ -> {});
        Subject other = mediator.enter("agent-2", "operator", Label.BOTTOM, _ -> {});
        Outcome<String> outcome = mediator.perform(agent, wanted("send", "to", "bob", Label.BOTTOM), () -> {
            assertThat(mediator.change(rules("permit head\n"), Duration.ZERO))
                    .isEqualTo(new Change.Made(List.of(new UnderWay("agent-1", "operator", "send", 1))));
            refused(send(mediator, other, "ann"), "no rule permits send");
            read(mediator, other);
            return "sent";
        });
        assertThat(outcome).isEqualTo(new Outcome.Done<>("sent"));
        assertThat(mediator.change(rules("permit *"), Duration.ZERO)).isEqualTo(new Change.Made(List.of()));
    }

    @Test
    void effectsGoOnBesideOneAnother() throws Exception {
        Mediator mediator = mediator("permit *");
        CountDownLatch both = new CountDownLatch(2);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Subject agent = mediator.enter("agent-" + i, "operator", Label.BOTTOM, _ -> {});
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    mediator.perform(agent, wanted("send", "to", "bob", Label.BOTTOM), () -> {
                        both.countDown();
                        both.await();
                        return "";
                    });
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread each : threads) {
            each.join();
        }
        assertThat(both.getCount()).isZero();
    }

    private boolean covers(Mediator mediator, Subject agent, String tool, String path) throws InterruptedException {
        Outcome<Boolean> outcome = mediator.perform(
                agent, wanted(tool, "path", "/srv", Label.BOTTOM), reach -> reach.covers("path", new Term.Text(path)));
        return ((Outcome.Done<Boolean>) outcome).value();
    }

    @Test
    void anEffectReachesNothingThatWouldBeForbiddenOrAskedAboutByItself() throws Exception {
        Mediator mediator = mediator("""
                permit head
                  when path is "/srv"
                permit send
                forbid head
                  when path is under "/srv/keys"
                ask head
                  when path is under "/srv/private"
                limit head to 3 calls per run
                """);
        Subject agent = agent(mediator, _ -> {});
        assertThat(covers(mediator, agent, "head", "/srv/a")).isTrue();
        assertThat(covers(mediator, agent, "head", "/srv/keys/a")).isFalse();
        assertThat(covers(mediator, agent, "head", "/srv/private/a")).isFalse();
        assertThat(covers(mediator, agent, "send", "/srv/keys/a")).isTrue();
    }

    @Test
    void whatWasAgreedToReachesWhatThePersonWasAskedAbout() throws Exception {
        Mediator mediator = mediator("""
                ask head
                  when path is under "/srv"
                ask head
                  when path is under "/srv/private"
                forbid head
                  when path is under "/srv/keys"
                """);
        Subject agent = agent(mediator, question -> mediator.answer(question.id(), true));
        assertThat(covers(mediator, agent, "head", "/srv/a")).isTrue();
        assertThat(covers(mediator, agent, "head", "/srv/private/a")).isFalse();
        assertThat(covers(mediator, agent, "head", "/srv/keys/a")).isFalse();
    }

    @Test
    void whatAlwaysHoldsIsNotTakenBackByAPolicy() throws Exception {
        Rules all = rules("permit *\n");
        Mediator mediator =
                new Mediator(all, Rules.standing("forbid send when to is \"bob\""), audit, clock::get, Duration.ZERO);
        Subject agent = agent(mediator, _ -> {});
        refused(send(mediator, agent, "bob"), "forbidden");
        mediator.change(rules("permit send\n"), Duration.ZERO);
        refused(send(mediator, agent, "bob"), "forbidden");
        assertThat(send(mediator, agent, "ann")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void asksAPersonOncePerCall() throws Exception {
        Mediator mediator = mediator(ASKS);
        List<Pending> asked = new ArrayList<>();
        Subject agent = agent(mediator, question -> {
            asked.add(question);
            assertThat(mediator.waiting()).containsExactly(question);
            assertThat(mediator.answer(question.id(), true)).isEqualTo(Mediator.Answer.TAKEN);
            assertThat(mediator.answer(question.id(), true)).as("twice").isEqualTo(Mediator.Answer.GONE);
        });
        assertThat(send(mediator, agent, "bob")).isEqualTo(new Outcome.Done<>("sent"));
        assertThat(send(mediator, agent, "bob")).isEqualTo(new Outcome.Done<>("sent"));
        assertThat(asked).as("a yes is for one call").hasSize(2);
        assertThat(asked.getFirst().why()).isEqualTo("it leaves the house");
        assertThat(asked.getFirst().arguments().getFirst().value()).contains("\"bob\"");
        assertThat(mediator.waiting()).isEmpty();
        assertThat(audit.records().get(2)).contains("\"approval\":\"1\"");
    }

    @Test
    void aDaemonsRecordsBeginWithItsStartAndNameIt() throws Exception {
        Mediator mediator = mediator("permit send");
        mediator.started();
        assertThat(audit.records()).as("nothing was done yet").isEmpty();
        Subject agent = agent(mediator, _ -> {});
        send(mediator, agent, "bob");
        send(mediator, agent, "ann");
        assertThat(audit.records()).hasSize(3);
        assertThat(audit.records().getFirst()).contains("\"verdict\":\"started\"", "\"policy\":\"test ");
        String daemon = audit.records().getFirst().replaceAll(".*(\"daemon\":\"[0-9a-f]{8}\").*", "$1");
        assertThat(audit.records()).allMatch(each -> each.contains(daemon));
    }

    @Test
    void aNoIsANo() throws Exception {
        Mediator mediator = mediator(ASKS);
        Subject agent = agent(mediator, question -> mediator.answer(question.id(), false));
        refused(send(mediator, agent, "bob"), "said no");
        assertThat(audit.records()).hasSize(3);
        assertThat(audit.records().getLast()).contains("\"verdict\":\"denied\"", "\"question\":\"1\"");
    }

    @Test
    void noAnswerIsANo() throws Exception {
        Mediator mediator = mediator(ASKS, audit, Duration.ZERO);
        refused(send(mediator, agent(mediator, _ -> {}), "bob"), "nobody answered");
        assertThat(mediator.answer("1", true)).as("too late").isEqualTo(Mediator.Answer.GONE);
    }

    @Test
    void aYesUnderAnotherPolicyIsWorthNothing() throws Exception {
        Mediator mediator = mediator(ASKS);
        Subject agent = agent(mediator, question -> {
            try {
                assertThat(mediator.change(rules(ASKS + "# another\n"), Duration.ZERO))
                        .isEqualTo(new Change.Made(List.of()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(mediator.waiting())
                    .as("a question of rules that are gone")
                    .isEmpty();
            assertThat(mediator.answer(question.id(), true)).isEqualTo(Mediator.Answer.GONE);
        });
        refused(send(mediator, agent, "bob"), "policy is not the one any more");
    }

    @Test
    void aYesExpires() throws Exception {
        Mediator mediator = mediator(ASKS);
        Subject agent = agent(mediator, question -> {
            mediator.answer(question.id(), true);
            clock.addAndGet(60_000);
        });
        refused(send(mediator, agent, "bob"), "has expired");
    }

    @Test
    void aYesIsNotForWhatTheAgentKnowsLater() throws Exception {
        Mediator mediator = mediator(ASKS);
        AtomicReference<Subject> agent = new AtomicReference<>();
        agent.set(agent(mediator, question -> {
            mediator.answer(question.id(), true);
            agent.get().learn(FILE);
        }));
        refused(send(mediator, agent.get(), "bob"), "not for this");
    }

    @Test
    void anAnswerThatCannotBeWrittenDownDoesNotCount() throws Exception {
        Audit failing = new Audit() {
            @Override
            public long append(String json) throws IOException {
                if (json.contains("answered")) {
                    throw new IOException("read-only file system");
                }
                return audit.append(json);
            }
        };
        Mediator mediator = mediator(ASKS, failing, Duration.ZERO);
        List<Mediator.Answer> answers = new ArrayList<>();
        Subject agent = agent(mediator, question -> answers.add(mediator.answer(question.id(), true)));
        refused(send(mediator, agent, "bob"), "nobody answered");
        assertThat(answers).containsExactly(Mediator.Answer.UNWRITTEN);
    }

    @Test
    void whoEndsWhileAPersonThinksAsksNoMore() throws Exception {
        Mediator mediator = mediator(ASKS);
        CountDownLatch asked = new CountDownLatch(1);
        Subject agent = agent(mediator, _ -> asked.countDown());
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                send(mediator, agent, "bob");
            } catch (InterruptedException _) {
                done.add("killed");
            }
        });
        asked.await();
        running.interrupt();
        running.join();
        assertThat(done).containsExactly("killed");
        assertThat(mediator.waiting()).isEmpty();
        assertThat(mediator.answer("1", true)).isEqualTo(Mediator.Answer.GONE);
    }

    @Test
    void aQuestionDoesNotOutliveTheDaemonAndItsNumberIsNotUsedAgain() throws Exception {
        Path folder = home.resolve("audit");
        String first;
        try (Mediator mediator = mediator(ASKS, Audit.in(folder), Duration.ZERO)) {
            List<String> ids = new ArrayList<>();
            refused(send(mediator, agent(mediator, question -> ids.add(question.id())), "bob"), "nobody answered");
            first = ids.getFirst();
        }
        try (Mediator restarted = mediator(ASKS, Audit.in(folder), Duration.ZERO)) {
            assertThat(restarted.answer(first, true)).isEqualTo(Mediator.Answer.GONE);
            List<String> ids = new ArrayList<>();
            send(restarted, agent(restarted, question -> ids.add(question.id())), "bob");
            assertThat(ids).isNotEmpty().doesNotContain(first);
        }
    }

    @Test
    void refusesEverythingWhereTheAuditsFolderCannotBeMade() throws Exception {
        Path folder = home.resolve("audit");
        Files.writeString(folder, "in the way");
        try (Mediator mediator = mediator("permit *", Audit.in(folder), Duration.ZERO)) {
            refused(send(mediator, agent(mediator, _ -> {}), "bob"), "cannot be written into the audit");
        }
    }

    @Test
    void aQuestionShowsNoValueThatTheOwnerMayNotRead() throws Exception {
        Mediator mediator = mediator(ASKS, audit, Duration.ZERO);
        List<Pending> asked = new ArrayList<>();
        Label others = Label.of(Integrity.UNTRUSTED, Readers.of("alice"));
        Subject agent = mediator.enter("agent-1", "operator", others, asked::add);
        send(mediator, agent, "alice's secret");
        assertThat(asked.getFirst().arguments().getFirst().value()).isEmpty();
        assertThat(asked.getFirst().toJson().toString()).doesNotContain("alice's secret");
    }

    @Test
    void recordsOfTenThousandPrincipalsStaySmall() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add("somebody-" + i + "@example.com");
        }
        Mediator mediator = mediator(ASKS, Audit.in(home.resolve("audit")), Duration.ZERO);
        Subject agent =
                mediator.enter("agent-1", "operator", Label.of(Integrity.UNTRUSTED, Readers.of(names)), _ -> {});
        refused(send(mediator, agent, "bob"), "nobody answered");
        mediator.close();
        assertThat(Files.size(home.resolve("audit/000000000001.log"))).isLessThan(20_000);
    }
}
