package telos.plans;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Tally;
import telos.plans.syntax.Position;
import telos.plans.values.Arguments;
import telos.plans.values.Box;
import telos.plans.values.BudgetSpent;
import telos.plans.values.Context;
import telos.plans.values.IteratorBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Nothing;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * One run of a plan: what decided that it is where it is, what it may still use, and what becomes of a decision that not
 * everybody may know of.
 *
 * <p>Such a decision opens a region. On entering one, in every world that looks the same from outside and whichever way is
 * taken, a {@link Walk} goes through all of it; whatever it may change is raised, and what may keep the run from going on
 * raises {@link #progress}, which joins the context of every later call. When the region ends, what it may have changed is
 * known only as far as the walk knew it. A region from which control may escape lasts until the end of where it may
 * escape to.
 *
 * <p>This file is long because it has each thing that one run keeps.
 */
@SuppressWarnings({"ReferenceEquality", "EnumOrdinal"}) // the same object is the quick way; the place in an array
final class Machine implements Context {
    /** Steps after which the clock is looked at again. */
    private static final int CLOCK = 1 << 8;

    /** So many steps an operation may take without a look at the clock; its outlines tell where it may take more. */
    private static final long MOST_AT_ONCE = 1 << 28;

    /** How many times the limit of memory what depends on secrets may take, where not so much was set aside. */
    private static final int SPARE = 4;

    final World world;
    final Rules rules;
    final Limits limits;
    final Listener listener;
    final Groups groups = new Groups(this);
    final CallRecollection told = new CallRecollection();

    /** What the world's policy says, and what was taken of its limits; both null where it has none. */
    final @Nullable Policy policy;

    final @Nullable Tally tally;

    /** What decided that the run is here. */
    Label pc = Label.BOTTOM;
    /** What decided that the run still goes on. */
    Label progress = Label.BOTTOM;

    private final Lifts lifts = new Lifts(this, Label.BOTTOM, true);
    private Lifts within = lifts;

    /** Whether walks that were made before are recalled, and operations told by what came of the like; only tests say no. */
    boolean remembers = true;

    private final int[] repeated = new int[Shortcut.values().length];

    /** How many walks were not made again. */
    int recalled;

    /** How many lists were walked as one thing. */
    int herded;

    private final ArrayList<Scope> scopes = new ArrayList<>();
    /** How many scopes have something in {@link Scope#extra}. */
    private int stretched;

    /** How many of them are try statements. */
    private int trying;

    private long steps;
    private long bytes;
    private long secretSteps;
    private long secretBytes;
    /** What elements are being taken of, while what that may use is set aside. */
    private @Nullable IteratorBox asked;

    private long reservedSteps;
    private long reservedBytes;
    private Label secrets = Label.BOTTOM;
    /** What was joined to it last. */
    private Label reserved = Label.BOTTOM;

    private int calls;
    private final long deadline;
    private int untilClock = CLOCK;
    private long walked;
    private int untilLook = 1 << 10;

    static final String INVOLVED =
            "the plan has too many ways to be analysed: write it with fewer loops, calls and handlers inside one another";

    /** The frame that a region was opened in, while it is walked. */
    @Nullable
    Frame region;

    /** How many generators are being asked what they give, each because the one before was. */
    int asking;

    /** How many exceptions wait for the last part of their try statement to end, and then go on. */
    int waiting;

    /** The kinds of objects that the plan has words to change. */
    private final Set<Kind> changing;

    /** The frame of the plan itself. */
    final Frame root;

    final ArrayList<PlanFailure> handled = new ArrayList<>();

    Machine(World world, Rules rules, Limits limits, Listener listener, long deadline, Compiler.Compiled plan) {
        this.world = world;
        this.rules = rules;
        this.limits = limits;
        this.listener = listener;
        this.deadline = deadline;
        this.root = new Frame(this, null, plan.variables());
        this.changing = plan.changing();
        Policy ready = PolicyGate.ready(world);
        this.policy = ready;
        this.tally = ready == null ? null : ready.tally();
    }

    /** Whether an operation may be told by what came of the like: all rules hold, and nobody forbids it. */
    boolean mayRepeat() {
        return remembers && rules.isComplete();
    }

    void repeat(Shortcut by) {
        repeated[by.ordinal()]++;
    }

    /** How many operations were told like that. */
    int repeated(Shortcut by) {
        return repeated[by.ordinal()];
    }

    // What is used.

    void step() {
        if (pc == Label.BOTTOM) {
            if (++steps > limits.steps()) {
                throw new BudgetSpent("more than " + limits.steps() + " steps");
            }
            if (bytes > limits.bytes()) {
                throw new BudgetSpent("more than " + limits.bytes() + " bytes of memory");
            }
        } else {
            secretSteps++;
            mayGoOnInSecret();
        }
        if (--untilClock <= 0) {
            untilClock = CLOCK;
            look();
        }
    }

    /**
     * What depends on secrets ends the run at its limit only where so much was set aside, so that in each world everybody
     * knows that it may: else operations took longer than their outlines tell, and the clock bounds that. Of memory they may
     * take for themselves no more than {@value #SPARE} times as much.
     */
    private void mayGoOnInSecret() {
        boolean told = reservedSteps > limits.steps() || reservedBytes > limits.bytes();
        if (told && secretSteps > limits.steps()) {
            throw new BudgetSpent("more than " + limits.steps() + " steps that depend on what not everyone may read");
        }
        if (secretBytes > limits.bytes() && (told || secretBytes / SPARE > limits.bytes())) {
            throw new BudgetSpent(
                    "more than " + limits.bytes() + " bytes of memory that depend on what not everyone may read");
        }
    }

    /** Looks at the clock, and whether somebody wants the run to end. */
    private void look() {
        if (System.nanoTime() - deadline > 0) {
            throw new BudgetSpent("more than " + limits.time().toSeconds() + " seconds");
        }
        if (Thread.interrupted()) {
            throw new BudgetSpent("interrupted");
        }
    }

    /**
     * A walk has gone a little further. What walks may do in all is counted where everybody may know that they walk; where
     * not, what they do is part of what was walked before, and only the clock bounds it.
     */
    void walked() {
        if (pc == Label.BOTTOM && ++walked > limits.steps() / 4) {
            throw new BudgetSpent(INVOLVED);
        }
        if (--untilLook == 0) {
            untilLook = 1 << 10;
            look();
        }
    }

    /** Looks again at what was looked at before, which is not counted: how often that is done may be decided by a secret. */
    <T> T again(Supplier<T> look) {
        long mark = walked;
        T found = look.get();
        walked = mark;
        return found;
    }

    /** The same so many times. */
    private void walked(long times) {
        if (pc == Label.BOTTOM) {
            walked += times;
            if (walked > limits.steps() / 4) {
                throw new BudgetSpent(INVOLVED);
            }
        }
    }

    @Override
    public Label pc() {
        return rules.hold(LabelRule.MUTATION_UNDER_CONTEXT) ? pc : Label.BOTTOM;
    }

    @Override
    public Set<Kind> changing() {
        return changing;
    }

    @Override
    public void steps(long count) {
        if (pc == Label.BOTTOM) {
            // Whether they depend on secrets is known when the operation has ended: the next step looks at the limit.
            // Where no
            // secret was used so far, an operation that goes that far beyond it ends the run at once.
            steps = plus(steps, count);
            if (secrets == Label.BOTTOM && steps - limits.steps() > MOST_AT_ONCE) {
                throw new BudgetSpent("more than " + limits.steps() + " steps");
            }
        } else {
            secretSteps = plus(secretSteps, count);
            mayGoOnInSecret();
        }
        if (count > MOST_AT_ONCE) {
            throw new BudgetSpent("an operation of more than " + MOST_AT_ONCE + " steps");
        }
        untilClock -= (int) Math.min(count, CLOCK);
        if (untilClock <= 0) {
            untilClock = CLOCK;
            look();
        }
    }

    @Override
    public void bytes(long count) {
        if (pc == Label.BOTTOM) {
            bytes += count;
            if (bytes < 0 || bytes - limits.bytes() > limits.bytes()) {
                throw new BudgetSpent("more than " + limits.bytes() + " bytes of memory");
            }
        } else {
            secretBytes = plus(secretBytes, count);
            mayGoOnInSecret();
        }
    }

    /** Whether what may end the run here is to be told: in a region that was foreseen, and set aside, on entering it. */
    private boolean foresees() {
        return pc == Label.BOTTOM || !rules.isComplete();
    }

    /** Something that is decided by this label may keep the run from going on. */
    private void mayEnd(Label label) {
        if (foresees()) {
            progress = progress.join(label);
        }
    }

    /** All that was counted: in the open, of what depends on secrets, what was set aside for that, and what walks did. */
    record Account(
            long steps,
            long bytes,
            long secretSteps,
            long secretBytes,
            long reservedSteps,
            long reservedBytes,
            long walked) {}

    Account account() {
        return new Account(steps, bytes, secretSteps, secretBytes, reservedSteps, reservedBytes, walked);
    }

    long usedSteps() {
        return steps;
    }

    long usedBytes() {
        return bytes;
    }

    /** What an operation on secrets used since a mark is counted with what depends on secrets. */
    private void regard(long stepsMark, long bytesMark) {
        if (pc == Label.BOTTOM) {
            secretSteps = plus(secretSteps, steps - stepsMark);
            steps = stepsMark;
            secretBytes = plus(secretBytes, bytes - bytesMark);
            bytes = bytesMark;
            mayGoOnInSecret();
        }
    }

    /**
     * The same of an operation that went over all that {@code from} holds: where not everybody who is here may know how much
     * that is, what making a list of it takes is set aside.
     */
    void regard(Value from, long stepsMark, long bytesMark) {
        Label control = telos.plans.values.Iterators.control(from);
        if (!open(control)) {
            regard(control, telos.plans.values.Iterators.outline(known(from)).result(), stepsMark, bytesMark);
        }
    }

    /** The same where it was as much as this decides, and at most as much as making something like that takes. */
    void regard(Label decided, Outline most, long stepsMark, long bytesMark) {
        if (!open(decided)) {
            regard(stepsMark, bytesMark);
            reserve(most.mostSteps(), most.mostBytes(), decided);
        }
    }

    /** Sets aside the most that something decided in secret can use; where that is too much, it may end the run. */
    void reserve(long mostSteps, long mostBytes, Label label) {
        if (!foresees()) {
            return;
        }
        if (label != reserved) {
            secrets = secrets.join(label);
            reserved = label;
        }
        reservedSteps = plus(reservedSteps, mostSteps);
        reservedBytes = plus(reservedBytes, mostBytes);
        if ((reservedSteps > limits.steps() || reservedBytes > limits.bytes())
                && rules.hold(LabelRule.PROGRESS_UNBOUNDED_SIZE)) {
            progress = progress.join(secrets).join(pc);
        }
    }

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long times(long a, long b) {
        return a == 0 || b == 0 ? 0 : a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    // Labels.

    /** What those who know that the run stands here may know of what there is. */
    Lifts lifts() {
        if (pc == Label.BOTTOM) {
            return lifts;
        }
        if (within.open() != pc) {
            within = new Lifts(this, pc, true);
        }
        return within;
    }

    /** Whether those who know that we are here may know what carries this label. */
    boolean open(Label label) {
        return label == Label.BOTTOM || label == pc || label.flowsInto(pc);
    }

    /** Whether all of what was made of operands may be known where they may: who holds it, and how much is in it. */
    boolean openThroughout(Value made) {
        return open(made.label()) && !(made.payload() instanceof Box box && !(open(box.shape()) && open(box.floor())));
    }

    /** Whether what lies in something is not known to everybody here, so that whatever is filled from it may hold other things. */
    boolean fills(Value from) {
        if (!open(from.label())) {
            return true;
        }
        if (!holds(from.payload())) {
            return false;
        }
        return !open(telos.plans.values.Iterators.control(from))
                || (from.payload() instanceof Box box && (!open(box.floor()) || box.mayHoldOthers()));
    }

    /**
     * Whether it is something that has another size in another world: what is added to it makes it longer than it can be there,
     * however long it is here.
     */
    boolean hasSecretSize(Value value) {
        return value.payload() instanceof Box box && !open(box.shape());
    }

    /** A value as it is written here. */
    Value written(Value value) {
        return rules.hold(LabelRule.CONTEXT_ON_ASSIGNMENT) ? value.raised(pc) : value;
    }

    /** The label with which a rule that is missing lets a result go. */
    Value ruled(LabelRule rule, Value value) {
        return rules.hold(rule) ? value : new Value(value.payload());
    }

    /** What everybody may know of a value, with what became since then of the objects that it may be. */
    Outline known(Value value) {
        Outline carried = value.outline();
        if (carried == null) {
            return value.payload() instanceof Generators.Generator generator ? generator.known() : Outline.of(value);
        }
        return groups.refresh(value, carried);
    }

    /**
     * What everybody may know of each variable of the plan itself, and of whether it still runs; that alone where an observer
     * may not know it.
     */
    List<String> knowledge(Predicate<Label> observer) {
        List<String> all = new ArrayList<>();
        all.add("goes on: " + progress);
        if (!observer.test(progress)) {
            return all;
        }
        all.add("used: " + steps + " steps, " + bytes + " bytes; set aside: " + reservedSteps + " steps, "
                + reservedBytes + " bytes; walked: " + walked);
        for (int i = 0; i < root.slots.length; i++) {
            Value value = root.slots[i];
            Label hollow = root.hollow(i);
            Shadow absent = root.absent(i);
            if (value == null || hollow != null) {
                Outline bound = absent != null ? groups.known(absent) : value == null ? Outline.NEVER : known(value);
                all.add("unbound: " + hollow + "; else " + bound);
                continue;
            }
            String held = value.payload() instanceof Box box && open(value.label())
                    ? "; size " + box.shape() + "; inside " + box.floor()
                    : "";
            all.add(value.label() + ": " + known(value) + held);
        }
        return all;
    }

    /**
     * What has to be done once something was computed from secrets in public: it might have failed, it might have used too
     * much, and what came out is known as far as the prospect tells.
     *
     * @param operands the join of all that the operands hold
     */
    Value secret(Frame frame, Value result, Prospect prospect, Label operands, long stepsMark, long bytesMark) {
        afterwards(frame, prospect, operands, stepsMark, bytesMark);
        return prospect.settle(result, this);
    }

    /** The same where what came out was there before, and was only chosen. */
    Value chosen(Frame frame, Value result, Prospect prospect, Label operands, long stepsMark, long bytesMark) {
        return chosen(frame, result, prospect, Outline.NEVER, operands, stepsMark, bytesMark);
    }

    /** @param taken what came out may be, beside what the prospect tells */
    Value chosen(
            Frame frame,
            Value result,
            Prospect prospect,
            Outline taken,
            Label operands,
            long stepsMark,
            long bytesMark) {
        afterwards(frame, prospect, operands, stepsMark, bytesMark);
        return prospect.orComesTo(taken).chosen(result);
    }

    private void afterwards(Frame frame, Prospect prospect, Label operands, long stepsMark, long bytesMark) {
        nested |= pc != Label.BOTTOM;
        regard(stepsMark, bytesMark);
        reserve(prospect.mostSteps(), prospect.mostBytes(), operands);
        if (!prospect.errors().isEmpty()) {
            mayFail(frame, Failures.of(prospect.errors()), operands);
        }
    }

    /** The same where it did fail. A kind of failure that the prospect lacks is foreseen in no other world. */
    PlanFailure failed(
            Frame frame, PlanFailure failure, Prospect prospect, Label operands, long stepsMark, long bytesMark) {
        if (open(operands) && open(failure.label())) {
            return failure;
        }
        Type type = failure.exception().type();
        if (failure != through
                && !open(failure.label())
                && rules.isComplete()
                && !Failures.of(type).without(Failures.of(prospect.errors())).isEmpty()) {
            throw Unforeseen.failure(type);
        }
        afterwards(frame, prospect, operands.join(failure.label()), stepsMark, bytesMark);
        return failure.raised(pc);
    }

    /** Of each try statement: what decides the failures that walks saw come to it, since an outermost region was foreseen. */
    private final IdentityHashMap<Attempt, Label> seenToCome = new IdentityHashMap<>(4);

    /**
     * Whether a failure which this label decides may come to that try statement. Where everybody may know that the run stands
     * here it may, and that is noted; from inside of a region a walk may know less of what is there, and sees no failure that
     * was not noted.
     */
    boolean mayCome(Attempt attempt, Label label) {
        if (pc == Label.BOTTOM) {
            seenToCome.merge(attempt, label, Label::join);
            return true;
        }
        Label seen = seenToCome.get(attempt);
        return !rules.isComplete() || label.flowsInto(seen == null ? pc : pc.join(seen));
    }

    /** Whether, inside of the outermost region that was foreseen last, anything else was decided by a label of its own. */
    private boolean nested;

    /** Whether what was made there is to be told over, for that region has ended. */
    boolean isHindsight() {
        return nested && pc == Label.BOTTOM;
    }

    /** Forgets what is kept of the last outermost region where another is about to be foreseen; inside of one it does nothing. */
    private void forget() {
        if (pc == Label.BOTTOM) {
            nested = false;
            if (!seenToCome.isEmpty()) {
                seenToCome.clear();
            }
        }
    }

    /** An exception goes to a scope; whoever goes on there must know that it could come. */
    void arrived(Scope scope, PlanFailure failure) {
        Label decided = pc.join(failure.label());
        unwind(scope);
        if (!open(decided) && rules.isComplete()) {
            throw Unforeseen.failure(failure.exception().type());
        }
    }

    /** Whether it was foreseen that what is decided by this label may end the run. */
    boolean foresaw(Label label) {
        return label.flowsInto(progress) || !rules.isComplete();
    }

    // Scopes.

    Scope enter(Scope.Kind kind, Frame frame, Object construct) {
        Scope scope = new Scope(kind, frame, construct, pc, stay);
        trying += kind == Scope.Kind.TRY ? 1 : 0;
        scopes.add(scope);
        return scope;
    }

    /** Ends a scope and what was left open in it. */
    void leave(Scope scope) {
        Scope each;
        do {
            each = removed();
        } while (each != scope);
        restore(scope.entry, scope.stay);
        if (scope.settlement != null) {
            settle(scope.settlement);
        }
    }

    private Scope removed() {
        Scope each = scopes.removeLast();
        stretched -= each.extra == Label.BOTTOM ? 0 : 1;
        trying -= each.kind == Scope.Kind.TRY ? 1 : 0;
        return each;
    }

    /** Ends what is open within a scope, because of an exception. */
    void unwind(Scope scope) {
        while (scopes.getLast() != scope) {
            Scope each = removed();
            if (each.kind == Scope.Kind.CALL) {
                calls--;
            }
        }
        restore(scope.entry, scope.stay);
    }

    private void restore(Label before, int stayBefore) {
        Label label = before;
        if (stretched > 0) {
            for (Scope each : scopes) {
                label = label.join(each.extra);
            }
        }
        pc = label;
        stay = label == before ? stayBefore : ++stays;
        while (!undos.isEmpty()
                && (label == Label.BOTTOM || !open(undos.getLast().decided()))) {
            undos.removeLast().act().run();
        }
    }

    /**
     * Something that holds only while the run stands where a secret decided that it stands: where it stands elsewhere, in worlds
     * that look the same, it is not so, and once both stand at the same place again what is known is what a walk knew.
     *
     * @param decided what decided that the run stands there
     */
    private record Undo(Label decided, Runnable act) {}

    private final ArrayList<Undo> undos = new ArrayList<>(0);

    /** Numbers the stays of the run where the same decided: what was kept for one is not kept again. */
    private int stay = 1;

    private int stays = 1;

    int stay() {
        return stay;
    }

    /** What is known of it changes now as a region is opened or ends: where that lies in another, only while the run is there. */
    void keep(Box box) {
        if (!foresees()) {
            whileHere(box.undo(stay));
        }
    }

    /** The same of a variable. */
    void keep(Frame frame, int slot) {
        if (!foresees()) {
            whileHere(frame.undo(slot, stay));
        }
    }

    /** What was done just now holds only while the run stands here; where everybody may know that it does, for ever. */
    void whileHere(@Nullable Runnable undo) {
        if (undo != null && !foresees()) {
            undos.add(new Undo(pc, undo));
        }
    }

    /**
     * The first of the scopes that are all run as what decided that the run stands here decides. What is around it goes on
     * after that ceases to decide: by the walk of that, control does not escape from here to there.
     */
    int farthest() {
        if (foresees()) {
            return 0;
        }
        Label all = Label.BOTTOM;
        for (int i = 0; i < scopes.size(); i++) {
            Scope scope = scopes.get(i);
            all = all.join(scope.extra);
            if (pc.flowsInto(scope.entry.join(all))) {
                return i;
            }
        }
        return scopes.size();
    }

    List<Scope> scopes() {
        return scopes;
    }

    Scope call(Frame frame, Code code) {
        if (++calls > limits.depth()) {
            throw new BudgetSpent("more than " + limits.depth() + " calls inside one another");
        }
        return enter(Scope.Kind.CALL, frame, code);
    }

    void returned(Scope scope) {
        calls--;
        leave(scope);
    }

    boolean running(Code code) {
        for (int i = scopes.size() - 1; i >= 0; i--) {
            if (scopes.get(i).construct == code) {
                return true;
            }
        }
        return false;
    }

    // Regions.

    /** Something that only happens, or happens as often as it does, because of a secret. */
    interface Extent {
        void walk(Walk walk);
    }

    /**
     * An open region.
     *
     * @param own what settles it when it ends here; null where it lasts until an enclosing scope ends
     * @param stay the stay of the run in which it was opened
     */
    record Region(@Nullable RegionEnd own, Label before, int stay, Label inside) {}

    private Region entered(@Nullable RegionEnd own, Label before, Label inside) {
        int outer = stay;
        enter(inside);
        return new Region(own, before, outer, inside);
    }

    /** From here on the run stands where this decides, too. */
    private void enter(Label inside) {
        nested |= pc != Label.BOTTOM;
        pc = pc.join(inside);
        stay = ++stays;
    }

    /**
     * Opens a region: what happens from here to {@link #close} is decided by this label.
     *
     * @param statement whether the extent is the whole rest of the statement
     */
    Region open(Frame frame, Label label, boolean statement, Extent extent) {
        Label before = pc;
        Label inside = pc.join(label);
        Settlement own = stretch(frame, inside, statement, extent);
        return entered(own, before, inside);
    }

    /** The same of a statement all of whose walks are told from variables and what they mean. */
    Region open(Frame frame, Label label, Precedent.Kept kept, Extent extent) {
        if (!remembers || tries()) {
            return open(frame, label, true, extent);
        }
        Label before = pc;
        Label inside = pc.join(label);
        Precedent precedent = kept.find(this, frame, inside, List.of());
        RegionEnd own;
        if (precedent == null) {
            Label progressed = progress;
            boolean worth = kept.isWorthIt();
            Walk walk = walked(frame, inside, worth, extent);
            if (worth) {
                kept.add(Precedent.of(walk, frame, progressed));
            }
            own = stretch(frame, walk, true, extent);
        } else {
            own = recall(precedent, frame, inside);
        }
        return entered(own, before, inside);
    }

    private RegionEnd recall(Precedent precedent, Frame frame, Label inside) {
        forget();
        recalled++;
        walked(precedent.walked);
        reserve(precedent.steps, precedent.bytes, inside.join(precedent.spent));
        mayEnd(precedent.progress);
        return precedent.recalled(this, frame, inside);
    }

    /**
     * What an expression comes to, some of which is evaluated or not as a secret decides.
     *
     * @param kept where its walks are told from variables, what they mean and what is given: what they came to; else null
     * @param given what its walks lift beside variables
     * @param ways all of it
     * @param taken what is evaluated
     */
    Value decided(
            Frame frame,
            Label label,
            Precedent.@Nullable Kept kept,
            List<Value> given,
            Function<Walk, Shadow> ways,
            Supplier<Value> taken) {
        Label before = pc;
        Label inside = pc.join(label);
        Precedent.@Nullable Kept known = remembers && !tries() ? kept : null;
        Precedent precedent = known == null ? null : known.find(this, frame, inside, given);
        Shadow found;
        State end;
        RegionEnd own;
        if (precedent != null && precedent.result != null) {
            own = recall(precedent, frame, inside);
            found = precedent.result;
            end = NOWHERE;
        } else {
            Shadow[] each = new Shadow[1];
            State[] at = new State[1];
            Extent extent = walk -> {
                each[0] = ways.apply(walk);
                at[0] = walk.here();
            };
            Label progressed = progress;
            boolean worth = known != null && known.isWorthIt();
            Walk walk = walked(frame, inside, worth, extent);
            if (worth && known != null) {
                known.add(Precedent.of(walk, frame, progressed, given, each[0]));
            }
            own = stretch(frame, walk, false, extent);
            found = each[0];
            end = at[0];
        }
        Region region = entered(own, before, inside);
        Value result = taken.get();
        close(region);
        // Where what it decides goes on, what came of it is settled at the end of that.
        return open(inside) ? result : settled(result, found, end, inside);
    }

    /** Of a value that is no object and holds none, wherever it was found. */
    static final State NOWHERE = new State();

    /** Walks to the end of whatever control may escape to; null if that is not the extent's own end. */
    private @Nullable Settlement stretch(Frame frame, Label inside, boolean statement, Extent extent) {
        return stretch(frame, walked(frame, inside, false, extent), statement, extent);
    }

    /**
     * Walks an extent; without herds where it may change one of them.
     *
     * @param listens whether it keeps what it looks at of variables
     */
    private Walk walked(Frame frame, Label inside, boolean listens, Extent extent) {
        forget();
        long mark = walked;
        try {
            return walked(frame, inside, listens, extent, remembers ? lifts() : new Lifts(this, pc, false));
        } catch (Herd.Touched _) {
            walked = mark;
            return walked(frame, inside, listens, extent, new Lifts(this, pc, false));
        }
    }

    private Walk walked(Frame frame, Label inside, boolean listens, Extent extent, Lifts seen) {
        Walk walk = new Walk(this, inside, scopes.size(), null, seen);
        if (listens) {
            walk.listen();
        }
        walk.frame = frame;
        extent.walk(walk);
        return walk;
    }

    private @Nullable Settlement stretch(Frame frame, Walk first, boolean statement, Extent extent) {
        Walk walk = first;
        Label inside = walk.entry();
        Frame outer = region;
        region = frame;
        Scope scope = null;
        for (int target = walk.outermost(); target >= 0; target = walk.outermost()) {
            scope = scopes.get(target);
            mayEnd(walk.progress());
            if (waiting > 0) {
                // Where this leaves for elsewhere, an exception does not go on that else might end the run.
                mayEnd(inside);
            }
            walk = new Walk(this, inside, target, null);
            walk.rest(scope, extent, statement);
        }
        region = outer;
        reserve(walk);
        mayEnd(walk.progress());
        Settlement settlement = walk.settlement(inside);
        raise(settlement);
        if (scope == null) {
            return settlement;
        }
        hold(scope, settlement);
        return null;
    }

    /** Sets aside what all that was walked may use, but for what was set aside when elements of the same were taken before. */
    private void reserve(Walk walk) {
        IteratorBox of = foresees() ? asked : null;
        reserve(
                of == null ? walk.steps() : of.foreseeSteps(walk.steps()),
                of == null ? walk.bytes() : of.foreseeBytes(walk.bytes()),
                walk.entry().join(walk.spent()));
    }

    /** From here, the head of a loop, to the end of its scope this label decides what is run. */
    void lasting(Scope scope, Repetition loop, Frame frame, Label label) {
        forget();
        Label inside = pc.join(label);
        int target = scopes.indexOf(scope);
        Frame outer = region;
        region = frame;
        Walk walk;
        Scope reached = scope;
        while (true) {
            walk = new Walk(this, inside, target, null);
            walk.rest(reached, loop::walkFromHead, true);
            if (walk.outermost() < 0) {
                break;
            }
            mayEnd(walk.progress());
            target = walk.outermost();
            reached = scopes.get(target);
        }
        region = outer;
        reserve(walk);
        mayEnd(walk.progress());
        Settlement settlement = walk.settlement(inside);
        raise(settlement);
        hold(reached, settlement);
        enter(inside);
    }

    private void hold(Scope scope, Settlement settlement) {
        if (scope.extra == Label.BOTTOM) {
            stretched++;
        }
        scope.extra = scope.extra.join(settlement.label());
        if (scope.settlement == null) {
            scope.settlement = settlement;
        }
    }

    /** Ends one turn of a loop. */
    void turned(Scope turn) {
        if (turn.extra != Label.BOTTOM) {
            stretched--;
            turn.extra = Label.BOTTOM;
        }
        Settlement settlement = turn.settlement;
        turn.settlement = null;
        restore(turn.entry, turn.stay);
        if (settlement != null) {
            settle(settlement);
        }
    }

    void close(Region region) {
        restore(region.before(), region.stay());
        switch (region.own()) {
            case Settlement settlement -> settle(settlement);
            case Precedent.Recalled again -> again.settle(this);
            case null -> {}
        }
    }

    private void raise(Settlement settlement) {
        if (rules.hold(LabelRule.UNTAKEN_VARIABLES)) {
            for (State.Cell cell : settlement.written()) {
                Frame frame = (Frame) cell.frame();
                Value value = frame.slots[cell.slot()];
                if (value != null) {
                    keep(frame, cell.slot());
                    frame.slots[cell.slot()] = value.raised(settlement.label());
                }
            }
        }
        if (rules.hold(LabelRule.UNTAKEN_OBJECTS)) {
            for (Object each : settlement.changed().keySet()) {
                boolean drained = settlement.drained().contains(each);
                for (Box box : groups.members(each)) {
                    if (!drained || box instanceof IteratorBox) {
                        keep(box);
                        box.raise(settlement.label());
                    }
                }
            }
        }
    }

    private void settle(Settlement settlement) {
        State end = settlement.end();
        if (end == null || !rules.hold(LabelRule.OUTLINE_MERGE)) {
            return;
        }
        hindsight = isHindsight() ? hindsight(settlement, end) : null;
        try {
            for (Map.Entry<Object, Long> each : settlement.changed().entrySet()) {
                Sketch sketch = end.sketch(each.getKey());
                if (sketch != null) {
                    boolean drained = settlement.drained().contains(each.getKey());
                    settle(
                            each.getKey(),
                            drained,
                            each.getValue(),
                            sketch,
                            end,
                            settlement.label(),
                            settlement.before());
                }
            }
            for (State.Cell cell : settlement.written()) {
                Shadow shadow = end.read(cell);
                if (shadow != null) {
                    settle((Frame) cell.frame(), cell.slot(), shadow, end, settlement.label());
                }
            }
        } finally {
            hindsight = null;
        }
    }

    /** While something is settled that is to be told over. */
    private @Nullable Hindsight hindsight;

    private Hindsight hindsight(Settlement settlement, State end) {
        Hindsight now = new Hindsight(this, end).knowing(settlement.changed().keySet());
        for (State.Cell cell : settlement.written()) {
            Shadow shadow = end.read(cell);
            if (shadow != null) {
                now.knowing(shadow.refs());
            }
        }
        return now;
    }

    /**
     * The same of one object.
     *
     * @param drained whether iterators alone may have changed among those in its group
     * @param most how many it can hold then
     * @param before what was known of those in its group when the region began
     */
    void settle(
            Object each, boolean drained, long most, Sketch sketch, State end, Label label, Map<Box, Outline> before) {
        mayRunLater(sketch.refs(), end, label);
        Set<Box> held = groups.held(sketch.refs(), end);
        Label content = sketch.content().join(made(sketch.refs(), end));
        groups.changed(each, sketch.outline(), content.join(sketch.shape()));
        Hindsight now = hindsight;
        Outline made = now == null ? Outline.NEVER : now.made(sketch.refs());
        for (Box box : groups.members(each)) {
            Outline was = before.get(box);
            if (box == each && !(box instanceof IteratorBox)) {
                settle(box, most, sketch, content);
                box.mayHold(rules.hold(LabelRule.UNTAKEN_OBJECTS) ? held : Set.of());
                if (now != null) {
                    now.tellInside(box, sketch.outline(), made);
                }
                continue;
            }
            if (drained && !(box instanceof IteratorBox)) {
                continue;
            }
            keep(box);
            if (now != null && was != null) {
                now.tellInside(box, was.union(sketch.outline()), made);
            }
            if (was != null && !(box instanceof IteratorBox)) {
                box.settle(was.union(sketch.outline()), this);
            } else {
                box.widen(sketch.outline(), this);
            }
            if (rules.hold(LabelRule.UNTAKEN_OBJECTS)) {
                box.raiseShape(sketch.shape());
                box.raiseFloor(content);
                box.mayHold(held);
            }
        }
    }

    /** The same of one that belongs to no group. */
    void settle(Box box, long most, Sketch sketch, Label content) {
        keep(box);
        box.settle(sketch.outline(), most, this);
        if (rules.hold(LabelRule.UNTAKEN_OBJECTS)) {
            box.raiseShape(sketch.shape());
            box.raiseFloor(content);
        }
    }

    /** The same of one variable. */
    void settle(Frame frame, int slot, Shadow shadow, State end, Label label) {
        mayRunLater(shadow.refs(), end, label);
        keep(frame, slot);
        if (rules.hold(LabelRule.UNTAKEN_UNBOUND)) {
            frame.hollow(slot, shadow.hollow() ? label : null);
        }
        Value value = frame.slots[slot];
        if (value == null) {
            Groups.Group group = groups.confuse(new Value(Nothing.NOTHING, label), shadow, end, changing);
            Label all = shadow.label().join(label).join(made(shadow.refs(), end));
            frame.absent(
                    slot,
                    Shadow.of(shadow.outline().followed(changing), all, group == null ? Set.of() : Set.of(group)));
        } else if (rules.hold(LabelRule.UNTAKEN_VARIABLES)) {
            frame.slots[slot] = settled(value, shadow, end, label);
        }
    }

    /**
     * An iterator that a secret may have made, and that is still there, computes its elements when it is asked for them; in
     * the worlds where it was not made nobody can tell then what it would have done.
     */
    private void mayRunLater(Set<Object> refs, State end, Label label) {
        if (refs.isEmpty()) {
            return;
        }
        ArrayDeque<Object> todo = new ArrayDeque<>(refs);
        Set<Object> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            Sketch sketch = end.sketch(place);
            if (sketch != null && seen.add(place)) {
                boolean made = !(place instanceof Box) && !(place instanceof Groups.Group);
                if (made && sketch.outline() != Outline.ANY && sketch.outline().may(Kind.ITERATOR)) {
                    mayEnd(label.join(sketch.shape()).join(sketch.content()));
                }
                todo.addAll(sketch.refs());
            }
        }
    }

    /** A value of which only so much is known. */
    Value settled(Value value, Shadow shadow, State state, Label label) {
        Value raised = value.raised(shadow.label().join(label).join(made(shadow.refs(), state)));
        mayRunLater(shadow.refs(), state, label);
        Hindsight now = hindsight;
        if (now == null && isHindsight()) {
            now = new Hindsight(this, state).knowing(shadow.refs());
        }
        groups.confuse(raised, shadow, state, changing);
        if (now != null) {
            now.tell(value, shadow.refs());
        }
        return raised.isPublic()
                ? raised
                : groups.joint(raised.outlined(shadow.outline().followed(changing)));
    }

    /** Who may know of what is in objects that a walk saw being made: in another world they are not there. */
    static Label made(Set<Object> refs, State end) {
        Label all = Label.BOTTOM;
        if (refs.isEmpty()) {
            return all;
        }
        ArrayDeque<Object> todo = new ArrayDeque<>(refs);
        Set<Object> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            Object place = todo.pop();
            Sketch sketch = place instanceof Box || place instanceof Groups.Group ? null : end.sketch(place);
            if (sketch != null && seen.add(place)) {
                all = all.join(sketch.shape()).join(sketch.content());
                todo.addAll(sketch.refs());
            }
        }
        return all;
    }

    /** Whether anything that fails here may be caught. */
    boolean tries() {
        return trying > 0;
    }

    /** To be said of each thing that may fail because of what not everybody who is here may know. */
    void mayFail(Frame frame, Failures failures, Label label) {
        if (failures.isEmpty() || open(label) || !rules.hold(LabelRule.PROGRESS_FAILURE)) {
            return;
        }
        Label inside = pc.join(label);
        if (!tries()) {
            // Nothing here catches anything: it would only end the run.
            mayEnd(inside);
            return;
        }
        forget();
        Walk walk = new Walk(this, inside);
        walk.frame = frame;
        walk.escapes(failures, inside, null);
        mayEnd(walk.progress());
        if (walk.outermost() >= 0 && rules.hold(LabelRule.EXCEPTION_ESCAPE)) {
            stretch(frame, inside, false, each -> each.escapes(failures, inside, null));
            enter(inside);
        }
    }

    // Calls.

    /** The exception that came last out of code of the plan which an operation had called: its own failures were foreseen. */
    private @Nullable PlanFailure through;

    PlanFailure through(PlanFailure failure) {
        through = failure;
        return failure;
    }

    @Override
    public Value call(Value callee, Arguments arguments) {
        try {
            return Callables.call(this, callee, arguments, current());
        } catch (PlanFailure failure) {
            throw through(failure);
        }
    }

    /**
     * Elements are about to be taken of this. What it computes only when it is asked may be decided by what not everybody may
     * know: that is told before, as it is in worlds where the first of them is never come to.
     */
    void foresee(Value of) {
        if (foresees()
                && of.payload() instanceof IteratorBox iterator
                && open(of.label())
                && iterator.isLazy()
                && open(iterator.control())
                && rules.hold(LabelRule.GENERATOR_REGION)) {
            Walk walk = new Walk(this, pc);
            walk.frame = current();
            Label decides = Generators.decides(walk, iterator);
            if (!open(decides)) {
                iterator.decided(decides);
            }
        }
    }

    @Override
    public Runnable pulling(IteratorBox iterator) {
        Label control = iterator.control();
        if (open(control) || !rules.hold(LabelRule.GENERATOR_REGION)) {
            return IDLE;
        }
        Region region = pulling(iterator, current(), control, walk -> Generators.asked(walk, iterator));
        return () -> close(region);
    }

    /**
     * Elements are taken of an iterator, as often as this label decides: what that may use is set aside once, and looking at it
     * is counted once.
     */
    Region pulling(IteratorBox iterator, Frame frame, Label label, Extent extent) {
        long mark = walked;
        boolean again = iterator.isForeseen();
        asked = iterator;
        Region region;
        try {
            region = open(frame, label, false, extent);
        } finally {
            asked = null;
        }
        if (again) {
            walked = mark;
        }
        return region;
    }

    /** The frame of the call that is being run. */
    private Frame current() {
        for (int i = scopes.size() - 1; i >= 0; i--) {
            if (scopes.get(i).kind == Scope.Kind.CALL) {
                return scopes.get(i).frame;
            }
        }
        return root;
    }

    /** The join of everything that the arguments hold. */
    static Label deep(Arguments arguments) {
        Label all = Label.BOTTOM;
        List<Value> inOrder = arguments.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            all = all.join(Labels.deep(inOrder.get(i)));
        }
        if (arguments.named()) {
            for (Value each : arguments.byName().values()) {
                all = all.join(Labels.deep(each));
            }
        }
        return all;
    }

    static Label shallow(Arguments arguments) {
        Label all = Label.BOTTOM;
        List<Value> inOrder = arguments.inOrder();
        for (int i = 0; i < inOrder.size(); i++) {
            all = all.join(inOrder.get(i).label());
        }
        if (arguments.named()) {
            for (Value each : arguments.byName().values()) {
                all = all.join(each.label());
            }
        }
        return all;
    }

    /** The world is gone, in the middle of a call. Nothing in a plan can catch it. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Position position;
        final String why;

        Lost(Position position, String why) {
            super(why, null, false, false);
            this.position = position;
            this.why = why;
        }
    }

    /** A denial ends the plan; nothing in the plan can catch it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Position position;
        final String tool;
        final String reason;

        Refused(Position position, String tool, String reason) {
            super(reason, null, false, false);
            this.position = position;
            this.tool = tool;
            this.reason = reason;
        }
    }

    static boolean holds(Payload payload) {
        return !Payload.isSimple(payload) && holds(payload.kind());
    }

    private static boolean holds(Kind kind) {
        return switch (kind) {
            case LIST, DICT, SET, FROZENSET, INSTANCE, ITERATOR, TUPLE, EXCEPTION, VIEW, FUNCTION -> true;
            default -> false;
        };
    }
}
