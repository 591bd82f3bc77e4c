package telos.cli.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static String why(String... words) {
        return switch (Settings.read(List.of(words))) {
            case Settings.Bad(var why) -> why;
            case Settings.Good _ -> "";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight=0|a weight is a whole number from 1 to 10000, not '0'",
                "weight=-3|a weight is a whole number from 1 to 10000, not '-3'",
                "weight=10001|a weight is a whole number from 1 to 10000, not '10001'",
                "weight=99999999999999999999|a weight is a whole number from 1 to 10000, not '99999999999999999999'",
                "weight=+5|a weight is a whole number from 1 to 10000, not '+5'",
                "weight=1e3|a weight is a whole number from 1 to 10000, not '1e3'",
                "weight=|a weight is a whole number from 1 to 10000, not ''",
                "weight|weight needs a value, such as weight=300",
                "priority=101|a priority is a whole number from -100 to 100, not '101'",
                "nice=3|there is no field 'nice'; known are weight, priority, deadline",
                "=3|there is no field ''; known are weight, priority, deadline"
            })
    void refusesWhatCannotBe(String word, String why) {
        assertThat(why(word)).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({
        "deadline=",
        "deadline=soon",
        "deadline=20ms",
        "deadline=0ms/1s",
        "deadline=1ms/99999999s",
        "deadline=-1/1s"
    })
    void refusesDeadlinesThatReserveNothingSensible(String word) {
        assertThat(why(word)).startsWith("a deadline ").contains("not '" + word.substring(9) + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "deadline=1/1s,true,false",
        "deadline=20ms/1s,false,true",
        "deadline=none,false,false",
        "weight=3,false,false"
    })
    void tellsPiecesOfWorkFromTime(String word, boolean counted, boolean timed) {
        assertThat(Settings.read(List.of(word))).isInstanceOfSatisfying(Settings.Good.class, good -> {
            assertThat(good.settings().areCounted()).isEqualTo(counted);
            assertThat(good.settings().areTimed()).isEqualTo(timed);
        });
    }

    @Test
    void takesFieldsOnceEach() {
        assertThat(why("weight=1", "weight=2")).isEqualTo("weight is given twice");
        assertThat(why()).startsWith("nothing to set");
        assertThat(why("weight=1", "priority=-100", "deadline=20ms/100ms")).isEmpty();
        assertThat(why("deadline=none", "priority=+7")).isEmpty();
        assertThat(why("deadline=500/1.5s")).isEmpty();
    }
}
