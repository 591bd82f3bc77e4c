package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.kernel.security.Label;
import telos.server.monitor.Pending;
import telos.server.monitor.Rules;
import telos.tools.Catalogue;
import telos.tools.TelosView;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;

/** Calls of a plan that ends meanwhile: what is told of them is no more than is known. */
@Timeout(30)
class PlanRunTest {
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Looking at the agents takes until whoever looks is interrupted. */
    private final class Slow implements TelosView {
        @Override
        public List<AgentRow> agents() {
            atWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }

        @Override
        public BlockCounts blocks() {
            throw new AssertionError("nobody asks");
        }
    }

    private PlanRun begun(String policy) {
        Rules.Read read =
                Rules.read("test", policy.getBytes(StandardCharsets.UTF_8), DaemonRules.tools(Catalogue.specs()));
        PlanRuns plans = new PlanRuns(
                new Toolbox(new LinuxHost(), new Slow()),
                Mediation.by(read, Mediation.noted(), Duration.ofSeconds(20)),
                () -> 0L);
        Consumer<Pending> told = _ -> asked.countDown();
        return ((PlanRuns.Begun.Running)
                        plans.begin("mine", Path.of("/"), plans.rules().stamp(), told))
                .run();
    }

    private static CompletableFuture<PlanRun.Called> called(PlanRun run) {
        CompletableFuture<PlanRun.Called> called = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                called.complete(run.call("agents", "{}", Label.BOTTOM, Map.of()));
            } catch (InterruptedException | RuntimeException e) {
                called.completeExceptionally(e);
            }
        });
        return called;
    }

    @Test
    void aCallThatWaitsForAPersonWasNotBegun() throws Exception {
        PlanRun run = begun("ask agents because \"it is ours\"\n");
        CompletableFuture<PlanRun.Called> called = called(run);
        asked.await();
        run.close();
        assertThat(called.get(20, TimeUnit.SECONDS)).isEqualTo(new PlanRun.Called.Over());
        assertThat(run.call("agents", "{}", Label.BOTTOM, Map.of())).isEqualTo(new PlanRun.Called.Over());
    }

    @Test
    void aCallThatIsCutOffAtWorkMayHaveBeenCarriedOut() throws Exception {
        PlanRun run = begun("permit agents\n");
        CompletableFuture<PlanRun.Called> called = called(run);
        atWork.await();
        run.close();
        assertThat(called.get(20, TimeUnit.SECONDS)).isEqualTo(new PlanRun.Called.Cut());
    }
}
