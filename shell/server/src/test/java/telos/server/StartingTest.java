package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.agents.Agents;
import telos.server.api.Doors;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;

/** A daemon whose doors are open and whose model is not there yet. */
class StartingTest {
    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    @TempDir
    Path home;

    @Test
    void tellsClientsToComeBackUntilItsModelIsLoaded() throws Exception {
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        try (Doors doors = doors(models, new DaemonStatus(System::nanoTime));
                HttpClient client = HttpClient.newHttpClient()) {
            int port = doors.listen(InetAddress.getLoopbackAddress(), 0);
            HttpRequest chat = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                    .build();
            HttpResponse<String> early = client.send(chat, HttpResponse.BodyHandlers.ofString());
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("retry-after")).hasValue("1");
            assertThat(early.body()).contains("\"code\":\"starting\"", "ask again");
            models.standard(new ScriptedModel("mini").then(ScriptedModel.says("here I am")));
            assertThat(client.send(chat, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("here I am");
        }
    }

    @Test
    void saysOneThingOfItsHealthEvenIfItGetsReadyMeanwhile() throws Exception {
        Models models = new Models(name -> new Models.Unknown("no model named '" + name + "'"));
        List<DaemonStatus> readyWhenLookedAt = new ArrayList<>();
        DaemonStatus status = new DaemonStatus(() -> {
            readyWhenLookedAt.forEach(each -> each.ready("mini"));
            return 0;
        });
        readyWhenLookedAt.add(status);
        try (Doors doors = doors(models, status);
                HttpClient client = HttpClient.newHttpClient()) {
            int port = doors.listen(InetAddress.getLoopbackAddress(), 0);
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            HttpResponse<String> early = client.send(health, HttpResponse.BodyHandlers.ofString());
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.body()).contains("\"starting\"");
            HttpResponse<String> late = client.send(health, HttpResponse.BodyHandlers.ofString());
            assertThat(late.statusCode()).isEqualTo(200);
            assertThat(late.body()).contains("\"ok\"");
        }
    }

    private Doors doors(Models models, DaemonStatus status) throws IOException {
        Runs runs = new Runs(
                new Agents(System::nanoTime),
                new Syscalls(
                        models,
                        new Toolbox(new LinuxHost(), new SelfView(models, new Agents(System::nanoTime))),
                        Mediation.usual()),
                List.of());
        return Doors.open(home.resolve("telos.sock"), status, models, runs, () -> 0L);
    }
}
