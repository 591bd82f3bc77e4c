package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.Patience;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.server.sight.Ledger;
import telos.server.tenants.Admission;
import telos.server.tenants.KeyRing;
import telos.server.tenants.Quota;

/** What is counted against a key, however its requests end. */
class AccountedModelTest {
    private static final String PROMPT = "ten or so.";

    @TempDir
    Path home;

    private final FakeModel model = new FakeModel();
    private KeyRing keys;
    private Admission admission;
    private AccountedModel accounted;

    @BeforeEach
    void open() throws Exception {
        keys = KeyRing.open(home, new SecureRandom(), () -> 1_800_000_000L);
        admission = new Admission(keys, () -> 0);
        accounted = new AccountedModel(model, Ledger.counting(), admission);
    }

    @AfterEach
    void close() {
        keys.close();
    }

    private String enters(Quota quota) throws Exception {
        String secret = ((KeyRing.Made) keys.make("alice", quota, OptionalLong.empty())).secret();
        assertThat(admission.enter(Optional.of(secret))).isInstanceOf(Admission.Entered.class);
        return secret;
    }

    private String left(String secret) {
        return switch (admission.enter(Optional.of(secret))) {
            case Admission.Entered entered -> entered.headers().getOrDefault("x-ratelimit-remaining-tokens", "");
            case Admission.Exhausted exhausted -> exhausted.headers().getOrDefault("x-ratelimit-remaining-tokens", "");
            case Admission.Stranger stranger -> stranger.why();
        };
    }

    private ChatOutcome generate(ChatListener listener) throws InterruptedException {
        return accounted.generate(
                new ChatRequest(
                        List.of(new Message.User(PROMPT)),
                        List.of(),
                        new ToolChoice.Auto(),
                        true,
                        new OutputForm.Free(),
                        SamplingOptions.greedy(16),
                        OptionalInt.empty(),
                        "alice"),
                listener);
    }

    @Test
    void chargesAClientThatLeavesForThePromptAndWhatItHeard() throws Exception {
        String secret = enters(new Quota(0, 100, 0, 0));
        model.then(FakeModel.says("one two three four"));
        int[] heard = {0};
        assertThat(generate((_, _) -> {
                    if (++heard[0] == 3) {
                        throw new IOException("gone");
                    }
                }))
                .isInstanceOf(ChatOutcome.Failed.class);
        assertThat(left(secret)).isEqualTo("" + (100 - PROMPT.length() - 3));
    }

    private Embedded embed(int inputs) throws InterruptedException {
        return accounted.embed(
                new EmbeddingRequest(
                        Collections.nCopies(inputs, new CompletionRequest.Prompt.Text(PROMPT)),
                        OptionalInt.empty(),
                        "alice"),
                Patience.endless());
    }

    @Test
    void reservesBlocksForTheInputsThatAreEmbeddedAtOnce() throws Exception {
        enters(new Quota(0, 0, 0, 7));
        assertThat(embed(7)).isInstanceOf(Embedded.Vectors.class);
        assertThat(embed(8))
                .isInstanceOfSatisfying(
                        Embedded.Refused.class,
                        refused -> assertThat(refused.why()).contains("8 blocks"));
        assertThat(embed(7)).as("what was reserved is given back").isInstanceOf(Embedded.Vectors.class);
    }

    @Test
    void chargesForATurnThatIsInterruptedAndNotForOneThatIsRefused() throws Exception {
        String secret = enters(new Quota(0, 100, 0, 0));
        model.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full")));
        generate(ChatListener.silent());
        assertThat(left(secret)).isEqualTo("100");
        model.then((_, _) -> {
            throw new InterruptedException();
        });
        try {
            generate(ChatListener.silent());
        } catch (InterruptedException _) {
            assertThat(left(secret)).isEqualTo("" + (100 - PROMPT.length()));
            return;
        }
        throw new AssertionError("was not interrupted");
    }
}
