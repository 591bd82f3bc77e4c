package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Policy;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.server.monitor.Change;
import telos.server.monitor.Mediator;
import telos.server.monitor.Rules;
import telos.server.monitor.Subject;
import telos.tools.Catalogue;

class MonitoredModelTest {
    private static final Label READ = Label.of(Integrity.UNTRUSTED, Readers.of("owner"));

    private final Mediation.Noted audit = Mediation.noted();
    private final Mediator mediator =
            Mediation.by(Rules.shipped(Rules.USUAL, DaemonRules.tools(Catalogue.specs())), audit, Duration.ZERO);

    /** A model that a server elsewhere runs. */
    private static final class Elsewhere implements ServedModel {
        private final String address;
        private int asked;

        Elsewhere(String address) {
            this.address = address;
        }

        @Override
        public String name() {
            return address;
        }

        @Override
        public ModelDescription description() {
            return new ModelDescription(address, address, "x", 0, 0, 0);
        }

        @Override
        public ChatOutcome generate(ChatRequest request, ChatListener listener) {
            asked++;
            return ScriptedModel.says("hello");
        }

        @Override
        public void close() {}
    }

    private ChatOutcome ask(Elsewhere model, String agent) throws InterruptedException {
        ChatRequest request = ChatRequest.of(
                List.of(new Message.User("the launch code is 0000")),
                List.of(),
                new ToolChoice.None(),
                SamplingOptions.greedy(4),
                Claim.of("local", agent));
        return new MonitoredModel(model, mediator, true).generate(request, (_, _) -> {});
    }

    @Test
    void whatToolsSaidDoesNotLeaveTheMachineUnasked() throws Exception {
        Elsewhere model = new Elsewhere("https://api.example.com/v1?key=abc");
        Subject agent = mediator.enter("agent-7", "operator", Label.BOTTOM, _ -> {});
        assertThat(ask(model, "agent-7")).as("before any tool").isInstanceOf(ChatOutcome.Completed.class);
        agent.learn(READ);
        assertThat(ask(model, "agent-7")).isInstanceOfSatisfying(ChatOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ChatOutcome.Reason.FORBIDDEN);
            assertThat(refused.why()).contains("model server elsewhere");
        });
        assertThat(model.asked).isEqualTo(1);
        assertThat(audit.records()).hasSize(3).noneMatch(each -> each.contains("0000") || each.contains("key=abc"));
    }

    @Test
    void aServerOnThisMachineMayHearIt() throws Exception {
        Elsewhere model = new Elsewhere("http://127.0.0.1:11434/v1");
        mediator.enter("agent-7", "operator", READ, _ -> {});
        assertThat(ask(model, "agent-7")).isInstanceOf(ChatOutcome.Completed.class);
    }

    @Test
    void aClientSendsItsOwnWords() throws Exception {
        Elsewhere model = new Elsewhere("https://api.example.com/v1");
        mediator.enter("agent-7", "operator", READ, _ -> {});
        assertThat(ask(model, "=agent-7")).isInstanceOf(ChatOutcome.Completed.class);
        assertThat(mediator.subject("client-local/=agent-7")).isEmpty();
    }

    private ChatOutcome client(List<Message> conversation, Label label) throws InterruptedException {
        ChatRequest request = new ChatRequest(
                conversation,
                List.of(new ToolSpec("load", "Load.", "{}")),
                new ToolChoice.Auto(),
                false,
                new OutputForm.Schema("{\"type\":\"string\"}", true),
                SamplingOptions.greedy(4),
                OptionalInt.empty(),
                Claim.of("local", "~x"),
                label);
        return new MonitoredModel(new Elsewhere("https://api.example.com/v1?to=x"), mediator, true)
                .generate(request, ChatListener.silent());
    }

    @Test
    void whatAClientSaysThatToolsSaidIsTheOwners() throws Exception {
        List<Message> told = List.of(
                new Message.User("what is in it?"),
                new Message.Assistant("", List.of(new ToolCall("1", "head", "{}"))),
                new Message.ToolResult("1", "head", "the launch code is 0000"));
        assertThat(client(told, Label.BOTTOM)).isInstanceOf(ChatOutcome.Refused.class);
        assertThat(audit.records().getLast())
                .contains("\"name\":\"conversation\",\"label\":{\"integrity\":\"untrusted\",\"readers\":[\"owner\"]");
        List<Message> chat = List.of(
                new Message.User("hello"), new Message.Assistant("hello", List.of()), new Message.User("and now?"));
        assertThat(client(chat, Label.BOTTOM)).isInstanceOf(ChatOutcome.Completed.class);
        assertThat(audit.records().getLast())
                .contains("\"name\":\"conversation\",\"label\":{\"integrity\":\"untrusted\",\"readers\":[\"*\"]");
    }

    @Test
    void aClientsLabelHolds() throws Exception {
        List<Message> words = List.of(new Message.User("alice's secret"));
        assertThat(client(words, Label.of(Integrity.TRUSTED, Readers.of("alice"))))
                .isInstanceOf(ChatOutcome.Refused.class);
        assertThat(client(words, Label.of(Integrity.UNTRUSTED, Readers.EVERYONE)))
                .isInstanceOf(ChatOutcome.Completed.class);
    }

    @Test
    void allThatIsSentIsJudged() throws Exception {
        List<Message> words = List.of(new Message.User("hello"));
        for (String rule : List.of(
                "path is \"/v1?to=x\"",
                "model is \"x\"",
                "schema contains \"string\"",
                "any tools starts with \"load\"",
                "server is \"https://api.example.com\"")) {
            Change changed = mediator.change(
                    ((Rules.Read.Accepted) Rules.read(
                                    "test",
                                    ("permit upstream\nforbid upstream\n  when " + rule + "\n")
                                            .getBytes(StandardCharsets.UTF_8),
                                    List.of("upstream")))
                            .rules(),
                    Duration.ZERO);
            assertThat(changed).isInstanceOf(Change.Made.class);
            assertThat(client(words, Label.BOTTOM)).as(rule).isInstanceOf(ChatOutcome.Refused.class);
        }
    }

    @Test
    void aServerIsNotEvenReachedWhereThePolicyForbidsIt() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        Mediator forbidding = Mediation.by(
                Rules.read("test", "forbid upstream\n".getBytes(StandardCharsets.UTF_8), List.of("upstream")),
                audit,
                Duration.ZERO);
        try {
            DaemonOptions options = DaemonOptions.at(Path.of("/nowhere"));
            Models.Found found = new ModelOpener(options, Policy::fair, forbidding).open(address);
            assertThat(((Models.Opened) found).model().generate(hello(), ChatListener.silent()))
                    .isInstanceOf(ChatOutcome.Refused.class);
            assertThat(new ModelOpener(options.withModel(address), Policy::fair, forbidding).open(address))
                    .as("the daemon's own")
                    .isInstanceOfSatisfying(
                            Models.Unusable.class,
                            unusable -> assertThat(unusable.why()).contains("the policy does not let"));
            assertThat(heard).hasValue(0);
            assertThat(audit.records()).hasSize(2).allMatch(each -> each.contains("\"verdict\":\"denied\""));
            Models.Found allowed = new ModelOpener(options, Policy::fair, mediator).open(address);
            assertThat(((Models.Opened) allowed).model().generate(hello(), ChatListener.silent()))
                    .isInstanceOf(ChatOutcome.Failed.class);
            assertThat(heard).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    private static ChatRequest hello() {
        return ChatRequest.of(
                List.of(new Message.User("hello")),
                List.of(),
                new ToolChoice.None(),
                SamplingOptions.greedy(1),
                Claim.of("local", "~x"));
    }

    @Test
    void whatAServerSaysThatTheOwnerHasNotNamedIsUntrusted() throws Exception {
        Subject agent = mediator.enter("agent-8", "operator", Label.BOTTOM, _ -> {});
        ChatRequest request = ChatRequest.of(
                List.of(new Message.User("hello")),
                List.of(),
                new ToolChoice.None(),
                SamplingOptions.greedy(4),
                Claim.of("local", "agent-8"));
        new MonitoredModel(new Elsewhere("https://api.example.com/v1"), mediator, false)
                .generate(request, ChatListener.silent());
        assertThat(agent.context().integrity()).isEqualTo(Integrity.UNTRUSTED);
    }

    @Test
    void anAnswerFromElsewhereIsNotTheUsersWord() throws Exception {
        Elsewhere model = new Elsewhere("https://api.example.com/v1");
        Subject agent = mediator.enter("agent-7", "operator", Label.BOTTOM, _ -> {});
        ask(model, "agent-7");
        assertThat(agent.context().integrity()).isEqualTo(Integrity.TRUSTED);
        assertThat(agent.context().sources().toString()).isEqualTo("server https://api.example.com");
    }
}
