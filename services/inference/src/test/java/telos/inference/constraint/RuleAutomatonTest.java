package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import telos.inference.sampling.TokenMask;

class RuleAutomatonTest {
    private static final String SCHEMA =
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":9},\"maxItems\":50}";

    @Test
    void writesTheSameWhenItKeepsForgettingStates() throws Refusal {
        Rule rule = solved(SCHEMA);
        Vocabularies vocabulary = Vocabularies.random(3, 200);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(write(rule, 1, vocabulary, seed)).isEqualTo(write(rule, Long.MAX_VALUE, vocabulary, seed));
        }
    }

    private static String write(Rule rule, long limit, Vocabularies vocabulary, long seed) {
        TokenAutomaton tokens = new TokenAutomaton(vocabulary.trie());
        Constraint constraint = new AutomatonConstraint(
                tokens,
                new RuleAutomaton(rule, 24, limit).start(),
                TokenMask.of(vocabulary.trie().size()));
        return Writer.write(constraint, vocabulary, 120, new SplittableRandom(seed))
                .text();
    }

    private static Rule solved(String schema) throws Refusal {
        Rule rule = SchemaCompiler.compile(schema, false, SchemaOptions.standard());
        Recursion.solve(rule, 24);
        return rule;
    }

    @Test
    void leadsOnWithFewerBytesMissing() throws Refusal {
        SplittableRandom random = new SplittableRandom(1);
        for (String schema : Schemas.all().toList()) {
            State at = new RuleAutomaton(solved(schema), 24, Long.MAX_VALUE).start();
            for (int step = 0; step < 30; step++) {
                List<State> next = new ArrayList<>();
                int nearest = Integer.MAX_VALUE;
                for (int value = 0; value < 256; value++) {
                    State after = at.step(value);
                    if (after != null) {
                        next.add(after);
                        nearest = Math.min(nearest, after.missing());
                    }
                }
                if (!at.waits()) {
                    assertThat(at.missing() == 0).as(schema).isEqualTo(at.accepting());
                    assertThat(at.accepting() || nearest < at.missing())
                            .as(schema)
                            .isTrue();
                }
                if (next.isEmpty()) {
                    break;
                }
                at = next.get(random.nextInt(next.size()));
            }
        }
    }

    @Test
    void followsAnObjectOfThousandsOfOptionalProperties() throws Refusal {
        StringBuilder schema = new StringBuilder("{\"type\":\"object\",\"properties\":{");
        for (int i = 0; i < 3000; i++) {
            schema.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{\"type\":\"null\"}");
        }
        Rule rule = solved(schema.append("}}").toString());
        Vocabularies vocabulary = Vocabularies.bytes();
        assertThat(write(rule, 10_000, vocabulary, 1)).startsWith("{").endsWith("}");
    }
}
