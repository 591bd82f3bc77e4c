package telos.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMaskTest {
    @ParameterizedTest(name = "size {0}")
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 1000})
    void agreesWithATreeSet(int size) {
        SplittableRandom random = new SplittableRandom(size);
        TreeSet<Integer> set = new TreeSet<>();
        TokenMask.Builder builder = TokenMask.builder(size);
        for (int i = 0; i < size / 2; i++) {
            int token = random.nextInt(size);
            set.add(token);
            builder.add(token);
        }
        TokenMask mask = builder.build();
        TreeSet<Integer> listed = new TreeSet<>();
        mask.forEach(listed::add);
        assertThat(listed).isEqualTo(set);
        assertThat(mask.count()).isEqualTo(set.size());
        assertThat(mask.isEmpty()).isEqualTo(set.isEmpty());
        for (int token = -1; token <= size; token++) {
            assertThat(mask.allows(token)).isEqualTo(set.contains(token));
        }
        assertThat(TokenMask.all(size).count()).isEqualTo(size);
        assertThat(TokenMask.all(size).and(mask)).isEqualTo(mask);
        assertThat(TokenMask.of(size).or(mask)).isEqualTo(mask);
    }

    @Test
    void refusesATokenOutsideTheVocabulary() {
        assertThatThrownBy(() -> TokenMask.of(4, 4)).hasMessageContaining("token 4");
        assertThatThrownBy(() -> TokenMask.of(4).and(TokenMask.of(5))).hasMessageContaining("5");
    }
}
