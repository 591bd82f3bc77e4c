package telos.server.sight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void readsWhatTheSpecificationShows() {
        assertThat(TraceParent.read("00-" + TRACE + "-00f067aa0ba902b7-01"))
                .contains(new TraceParent(TRACE, "00f067aa0ba902b7", true));
        assertThat(TraceParent.read("00-" + TRACE + "-00f067aa0ba902b7-00")
                        .orElseThrow()
                        .sampled())
                .isFalse();
        assertThat(TraceParent.read("cc-" + TRACE + "-00f067aa0ba902b7-01-what-the-future-will-be-like"))
                .as("a later version")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            })
    void ignoresWhatItForbids(String header) {
        assertThat(TraceParent.read(header)).isEmpty();
    }
}
