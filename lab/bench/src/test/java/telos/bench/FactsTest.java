package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FactsTest {
    private static final String RESULT = """
            PID NAME MEMORY CPU
            4242 java 1.2 GB 12.5%
            ./logs/app.log:17: 3 failures
            127.0.0.1:8080""";

    @Test
    void findsNothingToObjectToInWhatTheResultSays() {
        assertThat(unsupported("java (process 4242) uses 1.2 GB and 12.5%.")).isEmpty();
        assertThat(unsupported("Line 17 of ./logs/app.log has 3 failures; port 8080 is open."))
                .isEmpty();
    }

    @Test
    void findsFiguresThatAreNowhere() {
        assertThat(unsupported("java uses 1.3 GB, 4243 of them.")).containsExactly("1.3 GB", "4243");
    }

    @Test
    void findsFiguresThatAreOnlyPartsOfOthers() {
        assertThat(unsupported("It uses 2 GB and 12%.")).containsExactly("2 GB", "12%");
        assertThat(unsupported("It is number 424.")).containsExactly("424");
    }

    @Test
    void findsAFigureThatStandsUnderAnotherUnit() {
        assertThat(unsupported("java uses 1.2 MB.")).containsExactly("1.2 MB");
    }

    @Test
    void findsPathsThatAreNowhereOrOnlyPartsOfOthers() {
        assertThat(unsupported("See ./logs/app.txt.")).containsExactly("./logs/app.txt");
        assertThat(unsupported("See logs/app.log")).containsExactly("logs/app.log");
        assertThat(unsupported("See ./logs/app")).containsExactly("./logs/app");
    }

    @Test
    void takesTheRequestAsEvidenceToo() {
        assertThat(Facts.unsupported("/var is 69% full.", List.of("how full is /var?", "full: 69%")))
                .isEmpty();
    }

    private static List<String> unsupported(String answer) {
        return Facts.unsupported(answer, List.of("which process is it?", RESULT));
    }
}
