package telos.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import telos.kernel.Message;
import telos.kernel.ToolSpec;

class RequestBodyTest {
    private static String body(List<ToolSpec> tools, boolean parallelCalls) {
        return RequestBody.of(
                "m",
                new UpstreamRequest(
                        List.of(new Message.User("x")),
                        tools,
                        "auto",
                        Optional.empty(),
                        Map.of("seed", 7L),
                        List.of(),
                        parallelCalls));
    }

    @Test
    void asksForOneCallAtATimeOnlyWhereThereAreTools() {
        List<ToolSpec> tools = List.of(new ToolSpec("load", "Load.", "{\"type\":\"object\"}"));
        assertThat(body(tools, false)).contains("\"parallel_tool_calls\":false", "\"seed\":7");
        assertThat(body(tools, true)).doesNotContain("parallel_tool_calls");
        assertThat(body(List.of(), false)).doesNotContain("parallel_tool_calls");
    }
}
