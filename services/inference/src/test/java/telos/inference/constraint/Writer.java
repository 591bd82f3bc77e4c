package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import telos.inference.sampling.TokenMask;

/** A model with random logits: writes a text under a constraint within a budget. */
final class Writer {
    private Writer() {}

    record Written(String text, int tokens) {}

    /** Any allowed token with equal chance, but an end only when nothing else may come or one time in eight. */
    static Written write(Constraint constraint, Vocabularies vocabulary, int budget, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        constraint.remaining(budget);
        int written = 0;
        while (!constraint.mustEnd()) {
            TokenMask allowed = constraint.allowed();
            assertThat(allowed.isEmpty()).as("no dead end after %s", out).isFalse();
            assertThat(allowed.allows(vocabulary.end())).isEqualTo(constraint.complete());
            int token = pick(allowed, vocabulary, random);
            constraint.accept(token);
            if (token == vocabulary.end()) {
                break;
            }
            written++;
            out.writeBytes(
                    token == vocabulary.mark()
                            ? new byte[] {' '}
                            : vocabulary.tokens().get(token));
        }
        assertThat(constraint.complete()).isTrue();
        return new Written(out.toString(StandardCharsets.UTF_8), written);
    }

    private static int pick(TokenMask allowed, Vocabularies vocabulary, SplittableRandom random) {
        if (allowed.allows(vocabulary.end()) && (allowed.count() == 1 || random.nextInt(8) == 0)) {
            return vocabulary.end();
        }
        int token = allowed.next(0);
        for (int skip = random.nextInt(allowed.count()); skip > 0; skip--) {
            token = allowed.next(token + 1);
        }
        return token;
    }
}
