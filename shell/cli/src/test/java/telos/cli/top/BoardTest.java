package telos.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board(1);

    @BeforeEach
    void begin() {
        board.take(Rows.few());
        board.selection(board.rows());
    }

    private Wish type(String text) {
        Wish last = new Wish.Draw();
        for (int c : text.codePoints().toArray()) {
            last = board.press(new Key.Typed(c));
        }
        return last;
    }

    private List<String> ids() {
        return board.rows().stream().map(Row::id).toList();
    }

    private String selected() {
        return board.rows().get(board.selection(board.rows()).orElseThrow()).id();
    }

    @Test
    void sortsByEachColumnAndTheOtherWayRound() {
        assertThat(ids()).containsExactly("p1", "#1", "#7", "3");
        type("ss");
        assertThat(board.sort()).isEqualTo(Sort.USED);
        assertThat(ids()).containsExactly("3", "#7", "p1", "#1");
        type("R");
        assertThat(ids()).containsExactly("#1", "p1", "#7", "3");
        type("ssss");
        assertThat(board.sort()).isEqualTo(Sort.GOT);
        assertThat(board.reversed()).isFalse();
    }

    @Test
    void rowsThatAreEqualKeepTheirPlaces() {
        board.take(Rows.many(12));
        assertThat(ids()).containsExactly("#0", "#1", "#2", "#3", "#4", "#5", "#6", "#7", "#8", "#9", "#10", "#11");
    }

    @Test
    void theSelectionStaysWithWhomItWasPutOn() {
        board.press(Key.Named.DOWN);
        assertThat(selected()).isEqualTo("#1");
        type("ss");
        assertThat(selected()).isEqualTo("#1");
        board.take(Rows.many(3));
        assertThat(selected()).isEqualTo("#0");
        board.take(Sample.NONE);
        assertThat(board.selection(board.rows())).isEmpty();
        board.take(Rows.few());
        assertThat(board.selection(board.rows())).isPresent();
    }

    @Test
    void theSelectionDoesNotLeaveTheTable() {
        board.press(Key.Named.UP);
        assertThat(selected()).isEqualTo("p1");
        board.press(Key.Named.PAGE_DOWN);
        assertThat(selected()).isEqualTo("3");
        board.press(Key.Named.DOWN);
        assertThat(selected()).isEqualTo("3");
        board.press(Key.Named.HOME);
        assertThat(selected()).isEqualTo("p1");
        board.press(Key.Named.END);
        assertThat(selected()).isEqualTo("3");
    }

    @Test
    void showsOneKindAlone() {
        board.press(Key.Named.TAB);
        assertThat(ids()).containsExactly("#1");
        board.press(Key.Named.TAB);
        assertThat(ids()).containsExactly("3");
        board.press(Key.Named.TAB);
        board.press(Key.Named.TAB);
        assertThat(ids()).containsExactly("p1");
        board.press(Key.Named.TAB);
        assertThat(ids()).hasSize(4);
        board.press(Key.Named.TAB);
        board.press(Key.Named.ESCAPE);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void killsOnlyAfterAYes() {
        assertThat(type("k")).isEqualTo(new Wish.Draw());
        assertThat(board.prompt()).isEqualTo("kill program p1 (spin)? y or n");
        assertThat(type("n")).isEqualTo(new Wish.Draw());
        assertThat(board.prompt()).isEmpty();
        type("k");
        assertThat(board.press(Key.Named.ENTER)).isEqualTo(new Wish.Draw());
        type("k");
        assertThat(type("y"))
                .isInstanceOfSatisfying(
                        Wish.Kill.class, kill -> assertThat(kill.row().id()).isEqualTo("p1"));
    }

    @Test
    void killsWhomItAskedAboutThoughTheTableHasChanged() {
        type("k");
        board.take(Rows.many(3));
        assertThat(type("y"))
                .isInstanceOfSatisfying(
                        Wish.Kill.class, kill -> assertThat(kill.row().id()).isEqualTo("p1"));
    }

    @Test
    void takesAWeightDigitByDigit() {
        type("w12x");
        board.press(Key.Named.BACKSPACE);
        type("50");
        assertThat(board.prompt()).isEqualTo("weight of program p1 (spin), 1 to 10000: 150_");
        assertThat(board.press(Key.Named.ENTER))
                .isInstanceOfSatisfying(
                        Wish.Weigh.class, weigh -> assertThat(weigh.weight()).isEqualTo(150));
    }

    @Test
    void refusesWeightsThatCannotBe() {
        for (String weight : List.of("0", "10001", "999999999999999")) {
            type("r" + weight);
            assertThat(board.press(Key.Named.ENTER)).isEqualTo(new Wish.Draw());
            assertThat(board.prompt()).startsWith("a weight is from 1 to 10000, not ");
        }
        type("w");
        board.press(Key.Named.BACKSPACE);
        assertThat(board.press(Key.Named.ENTER)).isEqualTo(new Wish.Draw());
        type("w5");
        board.press(Key.Named.ESCAPE);
        assertThat(board.prompt()).isEmpty();
    }

    @Test
    void doesNothingToNobody() {
        board.take(Sample.NONE);
        type("k");
        assertThat(board.prompt()).isEqualTo("nobody is selected");
        type("w");
        assertThat(board.prompt()).isEqualTo("nobody is selected");
    }

    @Test
    void keepsWhatItShowsWhilePaused() {
        assertThat(type("p")).isEqualTo(new Wish.Refresh());
        board.take(Sample.NONE);
        assertThat(ids()).hasSize(4);
        type(" ");
        board.take(Sample.NONE);
        assertThat(ids()).isEmpty();
    }

    @Test
    void looksMoreOrLessOften() {
        type("+++++++++");
        assertThat(board.seconds()).isEqualTo(60);
        type("----------");
        assertThat(board.seconds()).isEqualTo(1);
    }

    @Test
    void looksAsOftenAsItWasToldUntilAKeySaysOtherwise() {
        assertThat(new Board(7).seconds()).isEqualTo(7);
        assertThat(after(7, '+')).isEqualTo(10);
        assertThat(after(7, '-')).isEqualTo(5);
        assertThat(after(3600, '+')).isEqualTo(3600);
        assertThat(after(3600, '-')).isEqualTo(60);
    }

    private static int after(int seconds, char key) {
        Board other = new Board(seconds);
        assertThat(other.press(new Key.Typed(key))).isInstanceOf(Wish.Draw.class);
        return other.seconds();
    }

    @Test
    void everyWayOutLeads() {
        assertThat(type("q")).isEqualTo(new Wish.Leave());
        type("k");
        assertThat(board.press(Key.Named.LEAVE)).isEqualTo(new Wish.Leave());
        type("n?");
        assertThat(board.help()).isTrue();
        assertThat(type("q")).isEqualTo(new Wish.Draw());
        assertThat(board.help()).isFalse();
        type("z");
        assertThat(board.prompt()).isEqualTo("h lists the keys");
        assertThat(board.press(Key.Named.UNKNOWN)).isEqualTo(new Wish.Draw());
    }

    @Test
    void tellsWhyThereIsNothingNewer() {
        board.take(Rows.few().but("lost the daemon"));
        assertThat(board.prompt()).isEqualTo("lost the daemon");
        assertThat(ids()).hasSize(4);
    }
}
