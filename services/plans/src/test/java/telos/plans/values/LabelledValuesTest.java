package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** Who may know what of a value that was made from labelled ones. */
class LabelledValuesTest {
    private static final Label ALICE = Label.of(Integrity.TRUSTED, Readers.of("alice"));
    private static final Label BOB = Label.of(Integrity.USER, Readers.of("bob"));
    private static final Label BOTTOM = Label.BOTTOM;

    private Label pc = BOTTOM;
    private final Context context = new Context() {
        @Override
        public Label pc() {
            return pc;
        }

        @Override
        public void steps(long count) {}

        @Override
        public void bytes(long count) {}

        @Override
        public Value call(Value callee, Arguments arguments) {
            return Calls.call(this, callee, arguments);
        }
    };

    private static Value secret(Value value, Label label) {
        return new Value(value.payload(), label);
    }

    private Value call(Value self, String method, Value... arguments) {
        return java.util.Objects.requireNonNull(Attributes.method(self.payload(), method))
                .call(context, self, Arguments.of(arguments));
    }

    private Value function(String name, Value... arguments) {
        return Calls.call(
                context, java.util.Objects.requireNonNull(Builtins.globals().get(name)), Arguments.of(arguments));
    }

    private Value list(Value... elements) {
        return Displays.list(context, List.of(elements));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void scalarsJoinTheirOperands(long seed) {
        Random random = new Random(seed);
        List<String> people = List.of("alice", "bob", "carol");
        List<Value> values = List.of(
                Value.of(7),
                Value.of(-2),
                Value.of(0),
                Value.of(2.5),
                Value.of("ab"),
                Value.of(""),
                Value.TRUE,
                Value.NOTHING);
        for (int i = 0; i < 5_000; i++) {
            List<Value> operands = new ArrayList<>();
            Set<String> readers = new TreeSet<>(people);
            for (int k = 0; k < 2; k++) {
                Set<String> some = new TreeSet<>(people);
                some.removeIf(_ -> random.nextInt(3) == 0);
                readers.retainAll(some);
                operands.add(secret(
                        values.get(random.nextInt(values.size())), Label.of(Integrity.TRUSTED, Readers.of(some))));
            }
            Label label;
            Value a = operands.getFirst();
            Value b = operands.getLast();
            try {
                label = switch (random.nextInt(4)) {
                    case 0 -> {
                        BinaryOperation[] all = BinaryOperation.values();
                        yield all[random.nextInt(all.length)]
                                .apply(context, a, b)
                                .label();
                    }
                    case 1 -> {
                        Comparison[] all = Comparison.values();
                        yield all[random.nextInt(all.length)]
                                .apply(context, a, b)
                                .label();
                    }
                    case 2 ->
                        function(random.nextBoolean() ? "max" : "divmod", a, b).label();
                    default -> Formats.field(context, a, 's', b).label();
                };
            } catch (PlanFailure failure) {
                label = failure.label();
            }
            assertThat(label.readers()).isEqualTo(Readers.of(readers));
            assertThat(label.integrity()).isEqualTo(Integrity.TRUSTED);
        }
    }

    @Test
    void aListOfSecretsHasAPublicLength() {
        Value list = list(secret(Value.of(1), ALICE), Value.of(2));

        assertThat(function("len", list).label()).isEqualTo(BOTTOM);
        assertThat(Truths.of(list).label()).isEqualTo(BOTTOM);
        assertThat(Subscripts.item(context, list, Value.of(0)).label()).isEqualTo(ALICE);
        assertThat(Subscripts.item(context, list, Value.of(1)).label()).isEqualTo(BOTTOM);
    }

    @Test
    void aSecretIndexLowersNothingAndTellsWhatItCouldBe() {
        Value list = list(Value.of(1), Value.of("text"));

        Value read = Subscripts.item(context, list, secret(Value.of(1), ALICE));

        assertThat(read.label()).isEqualTo(ALICE);
        assertThat(Outline.of(SubscriptOutlines.item(Outline.of(list), Outline.whole(1))
                                .settle(read, context))
                        .kinds())
                .containsExactly(Kind.INT, Kind.STR);
    }

    @Test
    void whatReadsEverythingJoinsEverything() {
        Value list = list(secret(Value.of(1), ALICE), list(secret(Value.of(2), BOB)));
        Label both = ALICE.join(BOB);

        assertThat(Comparison.EQUAL.apply(context, list, list()).label()).isEqualTo(both);
        assertThat(Comparison.IN.apply(context, Value.of(9), list).label()).isEqualTo(both);
        Value texts = Displays.tuple(context, List.of(secret(Value.of("a"), ALICE), Value.of("b")));
        assertThat(Comparison.IN.apply(context, Value.of("b"), texts).label()).isEqualTo(ALICE);
        assertThat(Comparison.NOT_IN.apply(context, Value.of("c"), texts).label())
                .isEqualTo(ALICE);
        assertThat(function("str", list).label()).isEqualTo(both);
        assertThat(function("sum", list(secret(Value.of(1), ALICE), secret(Value.of(2), BOB)))
                        .label())
                .isEqualTo(both);
        assertThat(function("max", list(secret(Value.of(1), ALICE), secret(Value.of(2), BOB)))
                        .label())
                .isEqualTo(both);
        assertThat(call(Value.of(","), "join", list(secret(Value.of("a"), ALICE)))
                        .label())
                .isEqualTo(ALICE);
        assertThat(Comparison.IS.apply(context, list, Value.NOTHING).label()).isEqualTo(BOTTOM);
    }

    @Test
    void copiesKeepTheLabelsOfElements() {
        Value list = list(secret(Value.of(1), ALICE), Value.of(2));

        for (Value copy : List.of(
                function("list", list), call(list, "copy"), Subscripts.slice(context, list, null, null, null))) {
            assertThat(copy.label()).isEqualTo(BOTTOM);
            assertThat(Subscripts.item(context, copy, Value.of(0)).label()).isEqualTo(ALICE);
            assertThat(Subscripts.item(context, copy, Value.of(1)).label()).isEqualTo(BOTTOM);
        }
    }

    @Test
    void changesUnderAContextRaiseWhatTheyChange() {
        Value list = list(Value.of(1));
        pc = ALICE;
        call(list, "append", Value.of(2));
        pc = BOTTOM;

        assertThat(function("len", list).label()).isEqualTo(ALICE);
        assertThat(Subscripts.item(context, list, Value.of(0)).label()).isEqualTo(ALICE);
    }

    @Test
    void anAssignmentAtASecretPlaceRaisesWhatIsReadFromAnyPlace() {
        Value list = list(Value.of(1), Value.of(2));
        Subscripts.assign(context, list, secret(Value.of(0), ALICE), Value.of("x"));

        assertThat(function("len", list).label()).isEqualTo(BOTTOM);
        assertThat(Subscripts.item(context, list, Value.of(1)).label()).isEqualTo(ALICE);
        assertThat(Outline.of(list).element())
                .isNotNull()
                .satisfies(element -> assertThat(element.kinds()).containsExactly(Kind.INT, Kind.STR));
    }

    @Test
    void aSecretKeyRaisesShapeAndContentsAlsoWhereItWasThere() {
        Value dict = Displays.dict(context, List.of(Value.of("a")), List.of(Value.of(1)));
        Subscripts.assign(context, dict, secret(Value.of("a"), ALICE), Value.of(2));

        assertThat(function("len", dict).label()).isEqualTo(ALICE);
        assertThat(Subscripts.item(context, dict, Value.of("a")).label()).isEqualTo(ALICE);
    }

    @Test
    void aKeyThatIsMissingTellsOfTheKeysAndNotOfTheValues() {
        Value dict = Displays.dict(context, List.of(Value.of("a")), List.of(secret(Value.of(1), ALICE)));

        PlanFailure failure = catchThrowableOfType(
                PlanFailure.class, () -> Subscripts.item(context, dict, secret(Value.of("b"), BOB)));

        assertThat(failure.label()).isEqualTo(BOB);
        assertThat(failure.getMessage()).isEqualTo("KeyError: 'b'");
        assertThat(call(dict, "get", Value.of("zz")).label()).isEqualTo(BOTTOM);
        assertThat(call(dict, "get", Value.of("a")).label()).isEqualTo(ALICE);
    }

    @Test
    void sortingRaisesWhatIsReadByAllThatWasCompared() {
        Value list = list(secret(Value.of(3), ALICE), Value.of(1));
        call(list, "sort");

        assertThat(function("len", list).label()).isEqualTo(BOTTOM);
        assertThat(Subscripts.item(context, list, Value.of(0)).label()).isEqualTo(ALICE);
    }

    @Test
    void aSetsSizeTellsOfItsElements() {
        Value set = Displays.set(context, List.of(secret(Value.of(1), ALICE), Value.of(1)));

        assertThat(function("len", set).label()).isEqualTo(ALICE);
    }

    @Test
    void iteratorsTellWhetherThereIsANextOneByWhatTheyComeFrom() {
        ListBox box = new ListBox(List.of(Value.of(1), Value.of("a")));
        box.raiseShape(ALICE);
        IteratorBox iterator = Iterators.of(context, new Value(box));
        Value first = java.util.Objects.requireNonNull(iterator.next(context));

        assertThat(iterator.control()).isEqualTo(ALICE);
        assertThat(Outline.of(first).kinds()).containsExactly(Kind.INT, Kind.STR);
    }

    @Test
    void aFilterTellsWhatItLeftOut() {
        Value list = list(secret(Value.of(0), ALICE), Value.of(1));
        Value filtered = function("list", function("filter", Value.NOTHING, list));

        assertThat(function("len", filtered).label()).isEqualTo(ALICE);
    }
}
