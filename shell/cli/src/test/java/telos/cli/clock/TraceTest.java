package telos.cli.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import telos.cli.wire.Json;

class TraceTest {
    private static Trace read(String trace) throws IOException {
        return Trace.of(Json.parse(trace));
    }

    private static List<Json> events(Trace trace) throws IOException {
        StringWriter written = new StringWriter();
        trace.write(written);
        Json file = Json.parse(written.toString());
        assertThat(file.at("displayTimeUnit").text("")).isEqualTo("ms");
        return file.at("traceEvents").items();
    }

    private static List<Json> of(List<Json> events, String phase) {
        return events.stream()
                .filter(each -> each.at("ph").text("").equals(phase))
                .toList();
    }

    /** The Trace Event Format says what each phase must have. */
    @Test
    void everyEventHasTheFieldsOfItsPhase() throws IOException {
        for (Json event : events(read(Recorded.TRACE))) {
            assertThat(event.at("name").text("")).isNotEmpty();
            assertThat(event.at("pid").number(-1)).isPositive();
            assertThat(event.at("tid").number(-1)).isNotNegative();
            assertThat(event.at("args").isObject()).isTrue();
            String phase = event.at("ph").text("");
            if (!phase.equals("M")) {
                assertThat(event.at("ts").decimal(-1)).isNotNegative();
            }
            switch (phase) {
                case "X" -> assertThat(event.at("dur").decimal(-1)).isPositive();
                case "M" -> assertThat(event.at("name").text("")).isIn("process_name", "thread_name");
                case "C" -> assertThat(event.at("args").at("value").number(-1)).isNotNegative();
                case "i" -> assertThat(event.at("s").text("")).isIn("g", "p", "t");
                default -> throw new AssertionError("unknown phase in " + event);
            }
        }
    }

    @Test
    void everySliceLiesInANamedRow() throws IOException {
        List<Json> events = events(read(Recorded.TRACE));
        Set<String> named = new HashSet<>();
        for (Json each : of(events, "M")) {
            named.add(each.at("pid") + " " + each.at("tid"));
        }
        assertThat(of(events, "X")).hasSize(4).allMatch(each -> named.contains(each.at("pid") + " " + each.at("tid")));
    }

    @Test
    void timeBeginsAtTheFirst() throws IOException {
        assertThat(of(events(read(Recorded.TRACE)), "X"))
                .extracting(
                        each -> each.at("name").text("") + " " + each.at("ts").decimal(-1))
                .containsExactly(
                        "prefill 17 0.0",
                        "1 decodes, 128 tokens of prompts 0.0",
                        "decode 17 1099.5",
                        "1 decodes, 0 tokens of prompts 1099.5");
    }

    @Test
    void countersFollowChunksAndThoseWhoWait() throws IOException {
        assertThat(of(events(read(Recorded.TRACE)), "C"))
                .extracting(each -> each.at("name").text("") + " "
                        + each.at("args").at("value").number(-1))
                .containsExactly(
                        "prompt tokens 128", "decodes 1", "waiting 2", "prompt tokens 0", "decodes 1", "waiting 1");
    }

    @Test
    void takesOnlyWhatCameAfterAnEarlierOne() throws IOException {
        Trace earlier = read("{\"traceEvents\":[{\"ph\":\"X\",\"ts\":5000100.5,\"dur\":1}]}");
        Trace later = read(Recorded.TRACE).after(earlier);
        assertThat(later.size()).isEqualTo(3);
        assertThat(events(later))
                .filteredOn(each -> each.at("ph").text("").equals("M"))
                .hasSize(4);
        assertThat(read(Recorded.TRACE).after(read("{}")).size()).isEqualTo(5);
    }

    @Test
    void nothingIsATraceToo() throws IOException {
        assertThat(events(read("{}"))).isEmpty();
        assertThat(read("{\"traceEvents\":[]}").size()).isZero();
    }
}
