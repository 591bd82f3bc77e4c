package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.scheduling.Claim;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
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
        return new MonitoredModel(model, mediator).generate(request, (_, _) -> {});
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

    @Test
    void anAnswerFromElsewhereIsNotTheUsersWord() throws Exception {
        Elsewhere model = new Elsewhere("https://api.example.com/v1");
        Subject agent = mediator.enter("agent-7", "operator", Label.BOTTOM, _ -> {});
        ask(model, "agent-7");
        assertThat(agent.context().integrity()).isEqualTo(Integrity.TRUSTED);
        assertThat(agent.context().sources().toString()).isEqualTo("server https://api.example.com");
    }
}
