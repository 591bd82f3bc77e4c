package telos.server.monitor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.kernel.security.monitor.Approval;
import telos.kernel.security.monitor.Attempt;
import telos.kernel.security.monitor.Judgement;
import telos.kernel.security.monitor.ReferenceMonitor;
import telos.kernel.security.policy.KnownCall;

/**
 * Lets effects happen that the reference monitor allows, and no others. An effect is judged, written into the audit and counted
 * as under way under one lock, which a change of the policy takes as well: what is judged after a change is judged by the new
 * policy, and what is under way then is known, so that {@link #change} can wait for it and name what goes on. The lock is not
 * held while an effect is carried out or a person is asked; after an answer the effect is judged again.
 *
 * <p>The file is long because whatever takes that lock stands in it: what holds between judging, asking, answering and changing is
 * seen in one place.
 */
public final class Mediator implements AutoCloseable {
    /** How long a person has for an answer. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long a yes is worth something that was not used at once. */
    private static final long VALID_MILLIS = 60_000;

    private static final String OTHER_RULES =
            "the daemon's policy is not the one any more that this was checked by; begin it anew";

    private static final System.Logger LOG = System.getLogger(Mediator.class.getName());

    /** Something that somebody outside may see, or that changes something. */
    @FunctionalInterface
    public interface Effect<T> {
        T carryOut() throws InterruptedException;
    }

    /** An effect that comes upon more than it was judged for. */
    @FunctionalInterface
    public interface Reaching<T> {
        /** It leaves out what the reach does not cover. */
        T carryOut(Reach reach) throws InterruptedException;
    }

    /** What became of an effect. */
    public sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        /** It was not carried out; the reason is fit for whoever wanted it, and holds no value. */
        record Refused<T>(String why) implements Outcome<T> {}
    }

    /** What became of an answer. */
    public enum Answer {
        TAKEN,
        /** No such question waits: it was answered, its time is over, whoever asked has ended, or the rules are others now. */
        GONE,
        /** It could not be written down, so it does not count. */
        UNWRITTEN
    }

    private sealed interface Attempted<T> {
        record Ended<T>(Outcome<T> outcome) implements Attempted<T> {}

        record Asked<T>(Pending question) implements Attempted<T> {}
    }

    private sealed interface Step {
        record Begin(Running running, Label result, Reach reach) implements Step {}

        record Ask(Pending question) implements Step {}

        record Refuse(String why) implements Step {}
    }

    private record Running(UnderWay effect, long version) {}

    private final ReentrantLock judging = new ReentrantLock();
    private final Condition ended = judging.newCondition();
    private final Map<Long, Running> running = new TreeMap<>();
    private final Approvals approvals = new Approvals();
    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
    private final ReferenceMonitor monitor;
    private final Journal journal;
    private final Duration patience;
    private final Rules.Standing always;
    private Rules rules;

    public Mediator(Rules rules, Audit audit, LongSupplier epochMillis, Duration patience) {
        this(rules, Rules.Standing.NONE, audit, epochMillis, patience);
    }

    /**
     * Goes by rules and by others that no change takes back.
     *
     * @param always holds besides the rules, and whatever they are changed to
     */
    public Mediator(Rules rules, Rules.Standing always, Audit audit, LongSupplier epochMillis, Duration patience) {
        this.always = always;
        this.rules = rules.and(this.always);
        this.monitor = new ReferenceMonitor(this.rules.policy(), rules.stamp());
        this.journal = new Journal(audit, epochMillis);
        this.patience = patience;
    }

    /**
     * Somebody begins who will want effects.
     *
     * @param context the label of what it knows already
     * @param asked hears of its questions
     */
    public Subject enter(String id, String name, Label context, Consumer<Pending> asked) {
        Subject subject = new Subject(id, name, context, asked);
        subjects.put(id, subject);
        return subject;
    }

    /**
     * Somebody begins who keeps labels apart, and was checked by the rules with that stamp: by any others it may do nothing.
     *
     * @param asked hears of its questions
     */
    public Subject enter(String id, String name, String stamp, Consumer<Pending> asked) {
        Subject subject = new Subject(id, name, Label.BOTTOM, Optional.of(stamp), asked);
        subjects.put(id, subject);
        return subject;
    }

    /** The rules that hold now. */
    public Rules rules() {
        judging.lock();
        try {
            return rules;
        } finally {
            judging.unlock();
        }
    }

    public Optional<Subject> subject(String id) {
        return Optional.ofNullable(subjects.get(id));
    }

    /** It has ended. */
    public void leave(Subject subject) {
        subjects.remove(subject.id(), subject);
        judging.lock();
        try {
            monitor.forget(subject.id());
        } finally {
            judging.unlock();
        }
    }

    /**
     * Carries an effect out if it may be, on the calling thread. What is told of it, or of its refusal, raises the subject's
     * label.
     *
     * @throws InterruptedException if the thread is interrupted; then nothing was done, or the effect was interrupted
     */
    public <T> Outcome<T> perform(Subject subject, Wanted wanted, Effect<T> effect) throws InterruptedException {
        return perform(subject, wanted, _ -> effect.carryOut());
    }

    /** As {@link #perform(Subject, Wanted, Effect)}, for one that comes upon more than it was judged for. */
    public <T> Outcome<T> perform(Subject subject, Wanted wanted, Reaching<T> effect) throws InterruptedException {
        return switch (attempted(subject, wanted, effect, null)) {
            case Attempted.Ended<T>(Outcome<T> outcome) -> outcome;
            case Attempted.Asked<T>(Pending question) -> {
                Approvals.Given answer = answer(subject, question);
                yield answer == Approvals.Given.YES
                        ? agreed(subject, wanted, effect, question.id())
                        : new Outcome.Refused<>(unanswered(subject, wanted, question, answer));
            }
        };
    }

    /**
     * Writes down that something was wanted which is no call that could be judged, so that nothing was done.
     *
     * @param tool its name, if there is such a tool
     * @param told the label of what is told about it
     */
    public void unjudged(Subject subject, String tool, Label told) {
        unjudged(subject, new Wanted(tool, new LinkedHashMap<>(), Set.of(), told));
    }

    /** As {@link #unjudged(Subject, String, Label)}, by one that keeps labels apart. */
    public void unjudged(Subject subject, Wanted wanted) {
        judging.lock();
        try {
            KnownCall call = wanted.by(subject.context());
            Label told = all(call).join(wanted.result());
            subject.learn(told);
            refused(
                    record("refused", subject, call, told)
                            .with(
                                    "reason",
                                    "it could not be judged: it is no call of a tool, or its path could not be followed"),
                    "");
        } finally {
            judging.unlock();
        }
    }

    private <T> Outcome<T> agreed(Subject subject, Wanted wanted, Reaching<T> effect, String approval)
            throws InterruptedException {
        try {
            return switch (attempted(subject, wanted, effect, approval)) {
                case Attempted.Ended<T>(Outcome<T> outcome) -> outcome;
                case Attempted.Asked<T> _ -> throw new IllegalStateException("asked again about " + approval);
            };
        } finally {
            withdraw(approval);
        }
    }

    private <T> Attempted<T> attempted(Subject subject, Wanted wanted, Reaching<T> effect, @Nullable String approval)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return switch (judged(subject, wanted, approval)) {
            case Step.Refuse(String why) -> new Attempted.Ended<>(new Outcome.Refused<>(why));
            case Step.Begin begin -> new Attempted.Ended<>(carriedOut(subject, begin, effect));
            case Step.Ask(Pending question) -> new Attempted.Asked<>(question);
        };
    }

    private void withdraw(String approval) {
        judging.lock();
        try {
            monitor.withdraw(approval);
        } finally {
            judging.unlock();
        }
    }

    private <T> Outcome<T> carriedOut(Subject subject, Step.Begin begin, Reaching<T> effect)
            throws InterruptedException {
        try {
            return new Outcome.Done<>(effect.carryOut(begin.reach()));
        } finally {
            long record = begin.running().effect().record();
            subject.learn(begin.result(), record);
            judging.lock();
            try {
                running.remove(record);
                ended.signalAll();
            } finally {
                judging.unlock();
            }
        }
    }

    /** Judges, and writes down what came of it; where it may begin it has begun. */
    private Step judged(Subject subject, Wanted wanted, @Nullable String approval) {
        judging.lock();
        try {
            Label context = subject.context();
            KnownCall call = wanted.by(context);
            if (!subject.goesBy(rules.stamp())) {
                return refused(record("denied", subject, call, all(call)).with("reason", OTHER_RULES), OTHER_RULES);
            }
            Attempt attempt = new Attempt(subject.id(), call);
            Judgement judgement = approval == null ? monitor.judge(attempt) : monitor.judge(attempt, approval, now());
            Label result = all(call).join(wanted.result()).join(judgement.label());
            subject.learn(judgement.label());
            return switch (judgement) {
                case Judgement.Refused no ->
                    refused(record("denied", subject, call, result).with("reason", no.reason()), no.reason());
                case Judgement.Allowed allowed -> {
                    AuditRecord record =
                            record("allowed", subject, call, result).with("rule", rule(allowed.rule()));
                    allowed.approval().ifPresent(id -> record.with("approval", id));
                    try {
                        long number = append(record);
                        monitor.begin(attempt, allowed);
                        Running begun = new Running(
                                new UnderWay(subject.id(), subject.name(), wanted.tool(), number), allowed.version());
                        running.put(number, begun);
                        yield new Step.Begin(begun, result, new Reach(rules.policy(), call));
                    } catch (IOException e) {
                        yield new Step.Refuse(unwritten(e));
                    }
                }
                case Judgement.Asks asks -> asked(subject, call, result, asks);
            };
        } finally {
            judging.unlock();
        }
    }

    /** What is told by a call and all that it is given. */
    private static Label all(KnownCall call) {
        Label all = call.context();
        for (String each : call.arguments()) {
            all = all.join(call.label(each));
        }
        return all;
    }

    private Step asked(Subject subject, KnownCall call, Label result, Judgement.Asks asks) {
        String why = asks.question().why();
        if (approvals.full()) {
            String reason = "too many questions wait for an answer, so this one was not asked: " + why;
            return refused(record("denied", subject, call, result).with("reason", reason), reason);
        }
        String rule = rule(asks.question().place());
        AuditRecord record =
                record("asked", subject, call, result).with("rule", rule).with("reason", why);
        try {
            String id = Long.toString(append(record));
            Pending pending = Pending.of(id, subject, call, asks.question(), rule, now() + patience.toMillis());
            approvals.ask(pending, asks.digest());
            return new Step.Ask(pending);
        } catch (IOException e) {
            return new Step.Refuse(unwritten(e));
        }
    }

    private Approvals.Given answer(Subject subject, Pending question) throws InterruptedException {
        try {
            subject.asked().accept(question);
        } catch (RuntimeException e) {
            approvals.await(question.id(), Duration.ZERO);
            throw e;
        }
        return approvals.await(question.id(), patience);
    }

    private String unanswered(Subject subject, Wanted wanted, Pending question, Approvals.Given answer) {
        String reason = answer == Approvals.Given.WORTHLESS
                ? OTHER_RULES
                : answer == Approvals.Given.NO
                        ? "the person who was asked said no: " + question.why()
                        : "nobody answered within " + Approvals.seconds(patience) + ": " + question.why();
        judging.lock();
        try {
            KnownCall call = wanted.by(subject.context());
            AuditRecord record = record("denied", subject, call, all(call).join(wanted.result()))
                    .with("rule", question.rule())
                    .with("question", question.id())
                    .with("reason", reason);
            refused(record, reason);
            return reason;
        } finally {
            judging.unlock();
        }
    }

    /** A refusal stands, whether it can be written down or not. */
    private Step.Refuse refused(AuditRecord record, String reason) {
        try {
            append(record);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a refusal is not in the audit, which cannot be written: {0}", e.getMessage());
        }
        return new Step.Refuse(reason);
    }

    private static String unwritten(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        LOG.log(Level.WARNING, "the audit cannot be written, so effects are refused: {0}", why);
        return "nothing was done, because it cannot be written into the audit: " + why
                + "; make room in the folder 'audit' of the daemon's home, and look at it with 'telos audit verify'";
    }

    /**
     * A daemon begins. The first of its records is one that says so, and by which rules it goes; what agents are numbered by begins
     * anew with it.
     */
    public void started() {
        judging.lock();
        try {
            journal.begins();
        } finally {
            judging.unlock();
        }
    }

    private long append(AuditRecord record) throws IOException {
        return journal.append(record, rules);
    }

    private AuditRecord record(String verdict, Subject subject, KnownCall call, Label result) {
        return journal.record(verdict, subject, call, result, rules);
    }

    private String rule(Object place) {
        return rules.name() + ", " + place;
    }

    private long now() {
        return journal.now();
    }

    /** The questions that wait for an answer, the oldest first. */
    public List<Pending> waiting() {
        return approvals.waiting();
    }

    /** A person answers a question. A yes covers what was asked, once, and not for long. */
    public Answer answer(String id, boolean yes) {
        judging.lock();
        try {
            Optional<String> digest = approvals.digest(id);
            if (digest.isEmpty()) {
                return Answer.GONE;
            }
            try {
                append(AuditRecord.of(now(), "answered").with("question", id).with("answer", yes ? "yes" : "no"));
            } catch (IOException e) {
                LOG.log(Level.WARNING, "an answer cannot be written into the audit: {0}", e.getMessage());
                return Answer.UNWRITTEN;
            }
            if (yes) {
                monitor.approve(new Approval(id, digest.get(), now() + VALID_MILLIS));
            }
            if (!approvals.answer(id, yes)) {
                monitor.withdraw(id);
                return Answer.GONE;
            }
            return Answer.TAKEN;
        } finally {
            judging.unlock();
        }
    }

    /**
     * From now on these are the rules: whatever has not been judged yet is judged by them. Then waits for effects that were
     * judged before.
     *
     * @param wait how long; what goes on afterwards is named
     */
    public Change change(Rules newRules, Duration wait) throws InterruptedException {
        return change(newRules, _ -> Kept.NOTHING, wait);
    }

    /**
     * As {@link #change(Rules, Duration)}, for rules that are kept; what cannot be kept, or not be written into the audit,
     * neither counts nor is kept.
     */
    public Change change(Rules newRules, Keeper keeper, Duration wait) throws InterruptedException {
        judging.lock();
        try {
            Optional<Change> refused = writtenAndKept(newRules, keeper);
            if (refused.isPresent()) {
                return refused.get();
            }
            rules = newRules.and(always);
            monitor.replace(rules.policy(), rules.stamp());
            approvals.end();
            long left = wait.toNanos();
            while (left > 0 && !older().isEmpty()) {
                left = ended.awaitNanos(left);
            }
            return new Change.Made(older());
        } finally {
            judging.unlock();
        }
    }

    /** What came in the way. The audit is written first; where it says more than was kept, it says so next. */
    private Optional<Change> writtenAndKept(Rules newRules, Keeper keeper) {
        boolean written = false;
        try (Kept kept = keeper.prepare(newRules)) {
            if (!noted(newRules)) {
                return Optional.of(new Change.Unwritten());
            }
            written = true;
            kept.commit();
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a new policy cannot be kept: {0}", e.getMessage());
            if (written) {
                noted(rules);
            }
            return Optional.of(new Change.Unkept());
        }
    }

    private boolean noted(Rules held) {
        try {
            append(AuditRecord.of(now(), "policy").with("policy", held.toString()));
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a policy cannot be written into the audit: {0}", e.getMessage());
            return false;
        }
    }

    private List<UnderWay> older() {
        return running.values().stream()
                .filter(each -> each.version() < monitor.version())
                .map(Running::effect)
                .toList();
    }

    /** Puts the audit on the disk. */
    public void settle() {
        journal.settle();
    }

    @Override
    public void close() {
        journal.close();
    }
}
