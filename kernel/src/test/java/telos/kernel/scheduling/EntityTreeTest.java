package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTreeTest {
    private static final long MILLISECOND = 1_000_000;

    private EntityTree tree = new EntityTree(Policy.fair());
    private long now = 1;

    private EntityId tenant(String name, long weight) {
        return tree.add(tree.root(), Level.TENANT, name, Shares.weighing(weight), now)
                .orThrow();
    }

    private EntityId below(EntityId parent, Level level, String name) {
        return tree.add(parent, level, name, Shares.USUAL, now).orThrow();
    }

    /** One turn of whoever is next: dispatched, charged, and ready again. */
    private EntityId turn(long service) {
        EntityId next = tree.next(now).orElseThrow();
        tree.dispatch(next, now);
        now += service;
        tree.charge(next, service, now);
        tree.ready(next, now);
        return next;
    }

    private EntityStatus status(EntityId entity) {
        return tree.status(now).stream()
                .filter(status -> status.id().equals(entity))
                .findFirst()
                .orElseThrow();
    }

    private long attained(EntityId entity) {
        return status(entity).attained();
    }

    @Test
    void servesNobodyWhereNobodyWaits() {
        assertThat(tree.next(now)).isEmpty();
        EntityId alice = tenant("alice", 100);
        assertThat(tree.next(now)).isEmpty();
        tree.ready(alice, now);
        assertThat(tree.next(now)).contains(alice);
        tree.dispatch(alice, now);
        tree.dispatch(alice, now);
        assertThat(status(alice).dispatches()).isEqualTo(1);
        assertThat(status(alice).preemptions()).isZero();
        assertThat(tree.next(now)).isEmpty();
        tree.idle(alice, now);
        assertThat(tree.phase(alice)).isEqualTo(Phase.IDLE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 9, 10_000})
    void dividesByWeight(long weight) {
        EntityId heavy = tenant("heavy", weight);
        EntityId light = tenant("light", 1);
        tree.ready(heavy, now);
        tree.ready(light, now);
        for (int i = 0; i < 30_000; i++) {
            turn(10);
        }
        double share = (double) attained(heavy) / (attained(heavy) + attained(light));
        assertThat(share).isCloseTo((double) weight / (weight + 1), within(0.001));
    }

    @Test
    void dividesAmongTenantsBeforeItDividesAmongTheirRequests() {
        EntityId many = tenant("many", 100);
        EntityId one = tenant("one", 100);
        for (int i = 0; i < 40; i++) {
            tree.ready(below(many, Level.REQUEST, "request " + i), now);
        }
        tree.ready(below(one, Level.REQUEST, "only"), now);
        for (int i = 0; i < 1000; i++) {
            turn(7);
        }
        assertThat(attained(many)).isEqualTo(attained(one));
    }

    @Test
    void idlingSavesNothingAndCostsNothing() {
        EntityId busy = tenant("busy", 100);
        EntityId sleepy = tenant("sleepy", 100);
        tree.ready(busy, now);
        for (int i = 0; i < 100; i++) {
            turn(10);
        }
        tree.ready(sleepy, now);
        for (int i = 0; i < 100; i++) {
            turn(10);
        }
        assertThat(attained(sleepy)).isBetween(490L, 510L);
    }

    @Test
    void countsServiceThatIsNotOverAsBacklog() {
        EntityId running = tenant("running", 100);
        tree.ready(running, now);
        tree.dispatch(running, now);
        tree.charge(running, 100_000, now);
        EntityId late = tenant("late", 100);
        tree.ready(late, now);
        tree.ready(running, now);
        for (int i = 0; i < 100; i++) {
            turn(10);
        }
        assertThat(attained(late)).isBetween(490L, 510L);
    }

    @Test
    void doesNotLiftWhoRunsOneProgramAndWakesAnother() {
        EntityId heavy = tenant("heavy", 900);
        EntityId light = tenant("light", 100);
        EntityId spinner = below(heavy, Level.AGENT, "spinner");
        EntityId napper = below(heavy, Level.AGENT, "napper");
        tree.ready(spinner, now);
        tree.ready(light, now);
        for (int i = 0; i < 10_000; i++) {
            EntityId next = tree.next(now).orElseThrow();
            tree.dispatch(next, now);
            tree.ready(napper, now);
            tree.idle(napper, now);
            tree.charge(next, 10, now);
            tree.ready(next, now);
        }
        assertThat(attained(heavy)).isCloseTo(90_000, within(200L));
    }

    @Test
    void aRefundGivesBackWhatWasChargedTooMuchAndNoMore() {
        EntityId alice = tenant("alice", 100);
        EntityId bob = tenant("bob", 100);
        tree.ready(alice, now);
        tree.ready(bob, now);
        tree.charge(alice, 1000, now);
        tree.charge(bob, 500, now);
        assertThat(tree.next(now)).contains(bob);
        tree.charge(alice, -600, now);
        assertThat(tree.next(now)).contains(alice);
        assertThat(attained(alice)).isEqualTo(400);
        assertThat(attained(tree.root())).isEqualTo(900);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.charge(alice, -401, now))
                .withMessageContaining("charged 400 so far");
    }

    @Test
    void aRefundAfterIdlingGivesNoCredit() {
        EntityId alice = tenant("alice", 100);
        EntityId bob = tenant("bob", 100);
        tree.charge(alice, 1000, now);
        tree.ready(bob, now);
        for (int i = 0; i < 1000; i++) {
            turn(10);
        }
        tree.ready(alice, now);
        tree.charge(alice, -1000, now);
        for (int i = 0; i < 100; i++) {
            turn(10);
        }
        assertThat(attained(alice)).isBetween(490L, 510L);
    }

    @Test
    void saysWhoOfTwoGoesFirstAlsoAmongThoseInService() {
        EntityId alice = tenant("alice", 100);
        EntityId bob = tenant("bob", 100);
        EntityId a1 = below(alice, Level.REQUEST, "a1");
        EntityId a2 = below(alice, Level.REQUEST, "a2");
        EntityId b1 = below(bob, Level.REQUEST, "b1");
        for (EntityId each : List.of(a1, a2, b1)) {
            tree.dispatch(each, now);
        }
        tree.charge(a1, 10, now);
        assertThat(tree.compare(a1, a2)).isPositive();
        assertThat(tree.compare(a1, b1)).isPositive();
        assertThat(tree.compare(b1, a2)).isNegative();
        assertThat(tree.compare(b1, b1)).isZero();
        tree.policy(new FirstCome(), now);
        assertThat(tree.compare(a1, a2)).isNegative();
        assertThat(tree.compare(b1, a2)).isPositive();
    }

    @Test
    void keepsItsAccountsWhenThePolicyChanges() {
        EntityId alice = tenant("alice", 300);
        EntityId bob = below(tenant("bob", 100), Level.AGENT, "bob");
        tree.set(bob, Shares.USUAL.withDeadline(new Reservation(5, 10)), now);
        tree.ready(alice, now);
        tree.ready(bob, now);
        for (int i = 0; i < 100; i++) {
            tree.policy(Policy.known().get(i % Policy.known().size()), now);
            turn(10);
            tree.dispatch(bob, now);
            List<EntityStatus> before = tree.status(now);
            tree.policy(Policy.known().get(i * 5 % Policy.known().size()), now);
            assertThat(tree.status(now)).isEqualTo(before);
            tree.ready(bob, now);
        }
        assertThat(attained(alice) + attained(bob)).isEqualTo(1000);
    }

    @Test
    void makesUpForWhatSomebodyWasBehindWhenThePolicyChangedIfItIsNotMuch() {
        EntityId alice = tenant("alice", 300);
        EntityId bob = tenant("bob", 100);
        tree.ready(alice, now);
        tree.ready(bob, now);
        for (int i = 0; i < 1000; i++) {
            tree.policy(Policy.known().get(i % Policy.known().size()), now);
            turn(10);
        }
        long before = attained(alice);
        assertThat(before + attained(bob)).isEqualTo(10_000);
        tree.policy(Policy.fair(), now);
        for (int i = 0; i < 3000; i++) {
            turn(10);
        }
        assertThat(attained(alice)).as("what it was behind is made up for").isCloseTo(30_000, within(100L));
    }

    /** Service that another gets before this one is served. */
    private long servedBefore(EntityId entity) {
        long before = now;
        while (!tree.next(now).orElseThrow().equals(entity)) {
            turn(MILLISECOND);
        }
        return now - before;
    }

    @Test
    void isPaidBackNoMoreThanTheBoundAfterAPolicyThatServedOneAlone() {
        tree = new EntityTree(new RoundRobin());
        EntityId favoured = tenant("favoured", 100);
        EntityId starved = tenant("starved", 300);
        EntityId asleep = tenant("asleep", 100);
        tree.charge(asleep, 500_000 * MILLISECOND, now);
        tree.ready(favoured, now);
        tree.ready(starved, now);
        tree.dispatch(favoured, now);
        tree.charge(favoured, 1_000_000 * MILLISECOND, now);
        tree.ready(favoured, now);
        tree.policy(Policy.fair(), now);
        long carried = 1000 * MILLISECOND;
        assertThat(servedBefore(favoured)).isBetween(3 * carried, 3 * carried + 2 * MILLISECOND);
        tree.ready(asleep, now);
        assertThat(servedBefore(asleep)).isLessThanOrEqualTo(5 * carried);
        EntityId late = tenant("late", 100);
        tree.ready(late, now);
        assertThat(servedBefore(late)).isLessThanOrEqualTo(5 * carried);
    }

    @Test
    void isPaidBackNoMoreThanTheBoundForAReservationThatWasTakenAway() {
        tree = new EntityTree(new EarliestDeadline());
        EntityId above = tenant("above", 100);
        EntityId reserved = below(above, Level.AGENT, "reserved");
        Shares most = Shares.USUAL.withDeadline(new Reservation(90 * MILLISECOND, 100 * MILLISECOND));
        assertThat(tree.set(reserved, most, now)).isEqualTo(new Change.Changed());
        EntityId other = tenant("other", 100);
        tree.ready(reserved, now);
        tree.ready(other, now);
        for (int i = 0; i < 100_000; i++) {
            turn(MILLISECOND);
        }
        assertThat(attained(reserved)).isGreaterThan(89_000 * MILLISECOND);
        tree.set(reserved, Shares.USUAL, now);
        assertThat(servedBefore(reserved)).isLessThanOrEqualTo(1001 * MILLISECOND);
    }

    @Test
    void aNewcomerSharesAtOnceInWhatAReservationLeaves() {
        tree = new EntityTree(new EarliestDeadline());
        EntityId reserved = tenant("reserved", 100);
        Shares most = Shares.USUAL.withDeadline(new Reservation(90 * MILLISECOND, 100 * MILLISECOND));
        tree.set(reserved, most, now);
        EntityId other = tenant("other", 100);
        tree.ready(reserved, now);
        tree.ready(other, now);
        for (int i = 0; i < 100_000; i++) {
            turn(10 * MILLISECOND);
        }
        EntityId late = tenant("late", 100);
        tree.ready(late, now);
        assertThat(servedBefore(late)).isLessThan(1000 * MILLISECOND);
        long before = attained(other);
        for (int i = 0; i < 10_000; i++) {
            turn(10 * MILLISECOND);
        }
        assertThat(attained(late)).isCloseTo(attained(other) - before, within(100 * MILLISECOND));
    }

    @Test
    void toleratesAClockThatStepsBack() {
        tree = new EntityTree(new EarliestDeadline());
        EntityId alice = tree.add(
                        tree.root(),
                        Level.AGENT,
                        "alice",
                        Shares.USUAL.withDeadline(new Reservation(MILLISECOND, 10 * MILLISECOND)),
                        20 * MILLISECOND)
                .orThrow();
        EntityId bob = tenant("bob", 100);
        tree.ready(alice, 20 * MILLISECOND);
        tree.ready(bob, 5);
        tree.charge(alice, MILLISECOND, 7);
        assertThat(tree.next(3)).contains(bob);
        assertThat(tree.next(30 * MILLISECOND - 1)).contains(bob);
        assertThat(tree.next(30 * MILLISECOND)).contains(alice);
        assertThat(tree.next(0)).contains(alice);
        assertThat(status(alice).waited()).isEqualTo(10 * MILLISECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 5, Long.MIN_VALUE, -3})
    void staysFairWhereVirtualTimeWrapsAround(long origin) {
        tree = new EntityTree(Policy.fair(), Bounds.USUAL, origin);
        EntityId heavy = tenant("heavy", 3);
        EntityId light = tenant("light", 1);
        tree.ready(heavy, now);
        tree.ready(light, now);
        for (int i = 0; i < 4000; i++) {
            turn(10);
        }
        assertThat(attained(heavy)).isCloseTo(30_000, within(30L));
        assertThat(status(heavy).lag()).isBetween(-50.0, 50.0);
    }

    @Test
    void accountsStopAtTheirLargestValue() {
        EntityId alice = tenant("alice", 10_000);
        for (int i = 0; i < 9_300; i++) {
            tree.charge(alice, EntityTree.MAX_SERVICE, now);
        }
        assertThat(attained(alice)).isEqualTo(Long.MAX_VALUE);
        assertThat(attained(tree.root())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesChargesThatNobodyCanHaveMeasured() {
        EntityId alice = tenant("alice", 100);
        for (long service : new long[] {EntityTree.MAX_SERVICE + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> tree.charge(alice, service, now));
        }
        assertThat(attained(alice)).isZero();
    }

    @Test
    void cancellingEverythingLeavesNothing() {
        EntityId alice = tenant("alice", 100);
        List<EntityId> requests = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            EntityId request = below(alice, Level.REQUEST, "request");
            requests.add(request);
            tree.ready(request, now);
        }
        for (int i = 0; i < 50; i++) {
            EntityId next = tree.next(now).orElseThrow();
            tree.dispatch(next, now);
            tree.charge(next, 5, now);
        }
        requests.forEach(tree::remove);
        assertThat(tree.next(now)).isEmpty();
        assertThat(tree.size()).isEqualTo(1);
        assertThat(status(alice).waiting() + status(alice).served()).isZero();
        assertThat(attained(alice)).as("service stays charged").isEqualTo(250);
        tree.remove(alice);
        assertThat(tree.size()).isZero();
        assertThat(attained(tree.root())).isEqualTo(250);
    }

    @Test
    void refusesMoreEntitiesThanItMayHold() {
        tree = new EntityTree(Policy.fair(), new Bounds(2, 0));
        tenant("alice", 100);
        tenant("bob", 100);
        assertThat(tree.add(tree.root(), Level.TENANT, "carol", Shares.USUAL, now))
                .isInstanceOfSatisfying(Addition.Refused.class, refused -> {
                    assertThat(refused.refusal().why()).isEqualTo(Refusal.Why.TOO_MANY_ENTITIES);
                    assertThat(refused.refusal().text()).contains("carol", "holds 2");
                });
        assertThat(tree.size()).isEqualTo(2);
    }

    @Test
    void takesAccountsAlongToAnotherTree() {
        EntityId ahead = tenant("alice", 200);
        EntityId behind = tenant("bob", 100);
        tree.ready(ahead, now);
        tree.ready(behind, now);
        tree.dispatch(ahead, now);
        tree.charge(ahead, 600, now);
        tree.ready(ahead, now);
        now += 50;
        List<EntityId> old = List.of(ahead, behind);
        List<Past> pasts = old.stream().map(each -> tree.past(each, now)).toList();
        assertThat(pasts.get(0).lead()).isEqualTo(600);
        assertThat(pasts.get(1).lead()).isZero();

        tree = new EntityTree(Policy.fair());
        List<EntityId> moved = List.of(tenant("alice", 200), tenant("bob", 100));
        moved.forEach(each -> tree.ready(each, now));
        for (int i = 0; i < 2; i++) {
            tree.carryOn(moved.get(i), pasts.get(i), now);
        }
        assertThat(attained(moved.getFirst())).isEqualTo(600);
        assertThat(attained(tree.root())).isEqualTo(600);
        assertThat(status(moved.getFirst()).dispatches()).isEqualTo(1);
        assertThat(status(moved.getFirst()).preemptions()).isEqualTo(1);
        assertThat(status(moved.get(1)).waited()).isEqualTo(50);
        for (int i = 0; i < 3; i++) {
            assertThat(turn(100)).as("what it is behind comes first").isEqualTo(moved.get(1));
        }
        assertThat(attained(moved.get(1))).isEqualTo(300);
    }

    @Test
    void refusesToPromiseMoreThanThereIs() {
        tree = new EntityTree(Policy.fair(), new Bounds(10, 1_000_000_000));
        Shares half = Shares.USUAL.withDeadline(new Reservation(5, 10));
        EntityId alice = tree.add(tree.root(), Level.AGENT, "alice", half, now).orThrow();
        EntityId bob = tree.add(tree.root(), Level.AGENT, "bob", half, now).orThrow();
        assertThat(tree.add(tree.root(), Level.AGENT, "carol", half, now))
                .isInstanceOfSatisfying(
                        Addition.Refused.class,
                        refused -> assertThat(refused.refusal().why()).isEqualTo(Refusal.Why.OVERBOOKED));
        Shares more = Shares.USUAL.withDeadline(new Reservation(6, 10));
        assertThat(tree.set(bob, more, now))
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused -> assertThat(refused.refusal().text()).contains("bob", "500000000 of"));
        assertThat(tree.shares(bob)).isEqualTo(half);
        tree.remove(alice);
        assertThat(tree.set(bob, more, now)).isEqualTo(new Change.Changed());
        assertThat(tree.set(bob, Shares.USUAL, now)).isEqualTo(new Change.Changed());
        assertThat(tree.set(bob, half, now)).isEqualTo(new Change.Changed());
    }

    @Test
    void refusesEntitiesThatItDoesNotHold() {
        EntityId gone = tenant("gone", 100);
        tree.remove(gone);
        List<Runnable> calls = List.of(
                () -> tree.ready(gone, now),
                () -> tree.idle(gone, now),
                () -> tree.dispatch(gone, now),
                () -> tree.charge(gone, 1, now),
                () -> tree.remove(gone),
                () -> tree.compare(gone, tree.root()),
                () -> tree.set(gone, Shares.USUAL, now),
                () -> below(gone, Level.AGENT, "orphan"));
        for (Runnable call : calls) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessageContaining("the tree has no entity 1");
        }
    }

    @Test
    void refusesToServeWhatHasOthersBelowIt() {
        EntityId alice = tenant("alice", 100);
        EntityId request = below(alice, Level.REQUEST, "request");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.ready(alice, now))
                .withMessageContaining("tenant alice");
        assertThatIllegalArgumentException().isThrownBy(() -> tree.remove(alice));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.ready(tree.root(), now));
        assertThatIllegalArgumentException().isThrownBy(() -> below(request, Level.AGENT, "upside down"));
        tree.ready(request, now);
        assertThatIllegalArgumentException().isThrownBy(() -> below(request, Level.QUEUE, "queue"));
    }

    @Test
    void refusesSharesOutOfRange() {
        for (long weight : new long[] {0, -1, 10_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Shares.weighing(weight))
                    .withMessage("a weight is from 1 to 10000, not " + weight);
        }
        for (int priority : new int[] {101, -101, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Shares.USUAL.withPriority(priority));
        }
        for (long bad : new long[] {0, -1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Reservation(bad, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> new Reservation(1, bad));
        }
    }

    @Test
    void aWeightThatChangesCountsFromThenOn() {
        EntityId alice = tenant("alice", 100);
        EntityId bob = tenant("bob", 100);
        tree.ready(alice, now);
        tree.ready(bob, now);
        for (int i = 0; i < 1000; i++) {
            turn(10);
        }
        tree.set(alice, Shares.weighing(300), now);
        for (int i = 0; i < 1000; i++) {
            turn(10);
        }
        assertThat(attained(alice)).isCloseTo(5_000 + 7_500, within(30L));
    }

    @Test
    void forgetsServiceOnceNobodyGotAnyForLong() {
        long second = 1000 * MILLISECOND;
        EntityId alice = tenant("alice", 100);
        EntityId bob = tenant("bob", 100);
        tree.ready(alice, now);
        tree.ready(bob, now);
        for (int i = 0; i < 40; i++) {
            turn(second / 4);
        }
        assertThat(status(alice).got()).isCloseTo(0.5, within(0.05));
        now += 10 * second;
        assertThat(status(alice).got()).as("still told of").isCloseTo(0.5, within(0.05));
        now += 10 * second;
        assertThat(status(alice).got()).isZero();
        turn(second);
        assertThat(status(alice).got() + status(bob).got())
                .as("and counted anew")
                .isEqualTo(1);
    }

    @Test
    void showsWhoAskedForWhatAndWhatBecameOfIt() {
        EntityId alice = tenant("alice", 300);
        EntityId bob = tenant("bob", 100);
        EntityId request = below(alice, Level.REQUEST, "request");
        tree.ready(request, now);
        tree.dispatch(bob, now);
        tree.charge(bob, 400, now);
        now += MILLISECOND;
        EntityStatus waiting = status(alice);
        assertThat(waiting.asked()).isEqualTo(0.75);
        assertThat(waiting.got()).isZero();
        assertThat(waiting.lag()).isEqualTo(300);
        assertThat(waiting.waited()).isEqualTo(MILLISECOND);
        assertThat(waiting.phase()).isEqualTo(Phase.READY);
        assertThat(status(request).asked()).isEqualTo(0.75);
        EntityStatus served = status(bob);
        assertThat(served.got()).isEqualTo(1);
        assertThat(served.lag()).isEqualTo(-300);
        assertThat(served.phase()).isEqualTo(Phase.SERVED);
        tree.ready(bob, now);
        assertThat(status(bob).preemptions()).isEqualTo(1);
        assertThat(tree.status(now)).extracting(EntityStatus::name).containsExactly("all", "alice", "bob", "request");
        assertThat(tree.status(now).getFirst().waiting()).isEqualTo(2);
    }
}
