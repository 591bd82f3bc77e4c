package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShoutedTest {
    @Test
    void isReadInSmallLetters() {
        assertThat(Shouted.read("WHAT IS THE LOAD?")).isEqualTo("what is the load?");
        assertThat(Shouted.read("IT'S URGENT, SHOW \"MEMORY\".")).isEqualTo("it's urgent, show \"memory\".");
    }

    @Test
    void keepsNamesAsTheyWereTyped() {
        assertThat(Shouted.read("SHOW THE LAST 5 LINES OF src/README.md OR LAUNCH.CFG"))
                .isEqualTo("show the last 5 lines of src/README.md or LAUNCH.CFG");
        assertThat(Shouted.read("WHICH FOLDER HAS VcTool AND moux")).isEqualTo("which folder has VcTool and moux");
    }

    @Test
    void leavesAQuietRequestAlone() {
        for (String quiet : new String[] {
            "search for TODO in src", "grep FIXME TODO WARN in the sources of this project", "RAM", "CPU LOAD", "", "?"
        }) {
            assertThat(Shouted.read(quiet)).isEqualTo(quiet);
        }
    }
}
