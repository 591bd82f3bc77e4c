package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.sampling.TokenMask;

class TokenAutomatonTest {
    private static RuleAutomaton rules(String schema) throws Refusal {
        Rule rule = SchemaCompiler.compile(schema, false, SchemaOptions.standard());
        Recursion.solve(rule, 24);
        return new RuleAutomaton(rule, 24, Long.MAX_VALUE);
    }

    /** The mask worked out token by token, nothing kept. */
    private static TokenMask naive(TokenAutomaton tokens, State state, int budget) {
        TokenMask.Builder mask = TokenMask.builder(tokens.trie().size());
        for (int token = 0; token < tokens.trie().size(); token++) {
            State after = tokens.after(state, token);
            if (after != null && (after.missing() <= budget || tokens.cost(after) <= budget)) {
                mask.add(token);
            }
        }
        return mask.build();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void masksOfEveryBudgetAreThoseOfTheNaiveOne(long seed) throws Refusal {
        SplittableRandom random = new SplittableRandom(seed);
        Vocabularies vocabulary = Vocabularies.random(seed, 200);
        for (String schema : Schemas.all().toList()) {
            TokenAutomaton tokens = new TokenAutomaton(vocabulary.trie());
            State at = rules(schema).start();
            for (int step = 0; step < 4 && at != null && !at.waits(); step++) {
                for (int i = 0; i < 3; i++) {
                    int budget = tokens.cost(at) - 1 + (i == 0 ? 0 : random.nextInt(12));
                    TokenMask mask = naive(tokens, at, budget);
                    int[] few = tokens.few(at, budget, 2);
                    assertThat(few).hasSize(Math.min(2, mask.count()));
                    for (int token : few) {
                        assertThat(mask.allows(token)).isTrue();
                    }
                    assertThat(tokens.mask(at, budget))
                            .as("%s, %d", schema, budget)
                            .isEqualTo(mask);
                    assertThat(tokens.known(at, budget)).isEqualTo(mask);
                }
                assertThat(tokens.mask(at)).isEqualTo(naive(tokens, at, Integer.MAX_VALUE));
                List<Integer> next = Schemas.tokens(tokens.mask(at));
                at = next.isEmpty() ? null : tokens.after(at, next.get(random.nextInt(next.size())));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void knowsTheOnlyTokenWithoutTheMask(long seed) throws Refusal {
        SplittableRandom random = new SplittableRandom(seed);
        Vocabularies vocabulary = Vocabularies.random(seed, 200);
        for (String schema : Schemas.all().toList()) {
            Compilation.Compiled compiled =
                    JsonSchemaConstraintTest.compile(schema, vocabulary, SchemaOptions.standard());
            Constraint asked = compiled.start();
            Constraint masked = compiled.start();
            int budget = compiled.shortest() + random.nextInt(10);
            asked.remaining(budget);
            masked.remaining(budget);
            for (int step = 0; step < budget && !masked.mustEnd(); step++) {
                int only = asked.only();
                TokenMask allowed = masked.allowed();
                assertThat(only).as(schema).isEqualTo(allowed.only());
                assertThat(masked.settled()).isTrue();
                List<Integer> next = Schemas.tokens(allowed);
                int token = next.get(random.nextInt(next.size()));
                if (token == vocabulary.end()) {
                    break;
                }
                asked.accept(token);
                masked.accept(token);
            }
        }
    }
}
