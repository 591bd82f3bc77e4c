package telos.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
    private final Board board = new Board(1);

    private String shown(int width, int height) {
        return Frame.of(board, width, height).stream()
                .map(line -> line.text() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void showsEverythingOnAWideScreen() {
        board.take(Rows.few());
        assertThat(shown(120, 12)).isEqualTo("""
                telos 0.1.0, model mini
                1 requests run
                4 in all, sorted by got, every 1s

                KIND        ID NAME             STATE     WEIGHT  ASKED    GOT  WAITED   USED    AGE
                program     p1 spin             ready        900  50.0%  90.0%   250ms    20t  90.0s  do spin
                tenant      #1 alice            ready        300  50.0%  60.0%   250ms    10t  90.0s  do alice
                request     #7 alice/crawler/17 ready        100  50.0%  20.0%   250ms    30t  90.0s  do alice/crawler/17
                agent        3 crawler          ready        100  50.0%  10.0%   250ms   400t  90.0s  do crawler


                q quit  arrows select  k kill  w weight  s sort  R reverse  Tab kind  p pause  +/- pace  h help
                """);
    }

    @Test
    void leavesColumnsOutOnANarrowScreen() {
        board.take(Rows.few());
        assertThat(shown(40, 9)).isEqualTo("""
                telos 0.1.0, model mini
                1 requests run
                4 in all, sorted by got, every 1s

                KIND        ID NAME             STATE
                program     p1 spin             ready
                tenant      #1 alice            ready
                request     #7 alice/crawler/17 ready
                q quit  arrows select  k kill  w weight…
                """);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "10,3", "20,4", "20,6", "79,8", "80,24", "300,100", "1,50", "0,0", "500,1"})
    void isNeverLargerThanTheScreen(int width, int height) {
        for (Sample sample : List.of(Sample.NONE, Rows.few(), Rows.many(500))) {
            board.take(sample);
            List<Frame.Line> lines = Frame.of(board, width, height);
            assertThat(lines).hasSize(Math.max(1, height));
            assertThat(lines).allMatch(line -> line.text().length() <= Math.max(1, width));
        }
    }

    @Test
    void theSelectionIsAlwaysToBeSeen() {
        board.take(Rows.many(500));
        for (int down = 0; down < 60; down++) {
            assertThat(Frame.of(board, 80, 20))
                    .filteredOn(line -> line.look() == Frame.Look.SELECTED)
                    .hasSize(1);
            board.press(Key.Named.DOWN);
        }
        board.press(Key.Named.END);
        assertThat(Frame.of(board, 80, 20))
                .filteredOn(line -> line.look() == Frame.Look.SELECTED)
                .singleElement()
                .matches(line -> line.text().contains("#499"));
    }

    @Test
    void wideCharactersCountTwice() {
        assertThat(Frame.cut("日本語", 6)).isEqualTo("日本語");
        assertThat(Frame.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(Frame.cut("日本語", 4)).isEqualTo("日…");
        assertThat(Frame.cut("ab", 1)).isEqualTo("…");
        assertThat(Frame.cut("ab", 0)).isEmpty();
    }

    @Test
    void listsItsKeys() {
        board.take(Rows.few());
        board.press(new Key.Typed('h'));
        assertThat(shown(80, 24)).contains("Ctrl-L   draw anew").doesNotContain("spin");
    }

    @Test
    void saysThatItIsPausedAndWhatIsSelectedFor() {
        board.take(Rows.few());
        board.press(new Key.Typed('p'));
        board.press(Key.Named.TAB);
        assertThat(shown(80, 24)).contains("1 tenant, sorted by got, every 1s, PAUSED");
    }
}
