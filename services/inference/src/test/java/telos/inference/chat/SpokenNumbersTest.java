package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpokenNumbersTest {
    @Test
    void readsDigits() {
        assertThat(SpokenNumbers.in("pid 007 on port 8080, a2")).contains("7", "8080", "2");
    }

    @Test
    void addsUpWordsThatStandTogether() {
        assertThat(SpokenNumbers.in("the last twenty-five lines")).contains("25");
        assertThat(SpokenNumbers.in("Seventy Seven rows")).contains("77");
        assertThat(SpokenNumbers.in("one hundred and then two hundred lines")).contains("100", "200");
        assertThat(SpokenNumbers.in("a dozen")).containsExactly("12");
    }

    @Test
    void findsNoneWhereNoneIsSaid() {
        assertThat(SpokenNumbers.in("show the last lines of someone's file")).isEmpty();
    }

    @Test
    void survivesEndlessNumbers() {
        assertThat(SpokenNumbers.in("hundred ".repeat(300))).contains("100");
    }
}
