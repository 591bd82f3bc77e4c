package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FormMemoryTest {
    /** One step works out what it needs before anything is forgotten. */
    private static final long ONE_STEP = 400_000;

    private static final Vocabularies VOCABULARY = Vocabularies.random(1, 200);

    private static Vocabularies within(FormMemory memory) {
        return new Vocabularies(
                VOCABULARY.tokens(),
                TokenTrie.of(VOCABULARY.tokens(), Set.of(VOCABULARY.mark()), Set.of(VOCABULARY.end()), memory));
    }

    private static Compilation.Compiled form(int number, Vocabularies vocabulary) {
        return JsonSchemaConstraintTest.compile(
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":" + (5 + number)
                        + "},\"minItems\":3,\"maxItems\":9}",
                vocabulary,
                SchemaOptions.standard());
    }

    private static String write(Compilation.Compiled form, Vocabularies vocabulary, int seed) {
        return Writer.write(form.start(), vocabulary, 120, new SplittableRandom(seed))
                .text();
    }

    @Test
    void allFormsTogetherStayWithinTheLimitAndWriteTheSame() {
        FormMemory ample = new FormMemory(1L << 40);
        FormMemory tight = new FormMemory(1_000_000);
        Vocabularies free = within(ample);
        Vocabularies bounded = within(tight);
        List<Compilation.Compiled> forms = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            Compilation.Compiled unbounded = form(number, free);
            forms.add(form(number, bounded));
            for (int seed = 0; seed < 10; seed++) {
                int back = seed % (number + 1);
                write(forms.get(back), bounded, seed);
                assertThat(write(forms.get(number), bounded, seed)).isEqualTo(write(unbounded, free, seed));
                assertThat(tight.used()).isLessThanOrEqualTo(1_000_000 + ONE_STEP);
            }
        }
        assertThat(ample.used()).isGreaterThan(1_000_000 + ONE_STEP);
    }

    @Test
    void aSingleFormMayTakeAQuarter() {
        FormMemory memory = new FormMemory(2_000_000);
        Vocabularies bounded = within(memory);
        Compilation.Compiled form = form(40, bounded);
        for (int seed = 0; seed < 40; seed++) {
            write(form, bounded, seed);
            assertThat(memory.used()).isLessThanOrEqualTo(500_000 + ONE_STEP);
        }
    }

    @Test
    void masksAreForgottenBeforeStates() {
        FormMemory ample = new FormMemory(1L << 40);
        Vocabularies vocabulary = within(ample);
        Compilation.Compiled form = form(1, vocabulary);
        write(form, vocabulary, 1);
        long all = ample.used();
        TokenAutomaton tokens = form.tokens();
        tokens.lock().lock();
        try {
            tokens.forgetMasks();
            assertThat(tokens.bytes()).isPositive().isLessThan(all);
            tokens.forgetStates();
            assertThat(tokens.bytes()).isLessThan(10_000);
        } finally {
            tokens.lock().unlock();
        }
    }

    @Test
    void aFormThatIsToForgetTakesNearlyNothing() {
        FormMemory memory = new FormMemory(1L << 40);
        Vocabularies vocabulary = within(memory);
        Compilation.Compiled form = form(1, vocabulary);
        String text = write(form, vocabulary, 1);
        assertThat(memory.used()).isGreaterThan(10_000);
        form.forget();
        assertThat(memory.used()).isLessThan(10_000);
        assertThat(write(form, vocabulary, 1)).isEqualTo(text);
    }

    @Test
    void textsUnderWayGoOnWhenTheirFormForgets() {
        FormMemory memory = new FormMemory(1L << 40);
        Vocabularies vocabulary = within(memory);
        Compilation.Compiled form = form(3, vocabulary);
        Constraint forgetful = form.start();
        Constraint other = form(3, within(new FormMemory(1L << 40))).start();
        SplittableRandom random = new SplittableRandom(5);
        for (int step = 0; step < 60 && !other.mustEnd(); step++) {
            if (step % 3 == 0) {
                form.forget();
            }
            assertThat(forgetful.allowed()).isEqualTo(other.allowed());
            List<Integer> next = Schemas.tokens(other.allowed());
            int token = next.get(random.nextInt(next.size()));
            forgetful.accept(token);
            other.accept(token);
        }
    }
}
