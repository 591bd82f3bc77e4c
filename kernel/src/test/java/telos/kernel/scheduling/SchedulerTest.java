package telos.kernel.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.IsolationKey;

class SchedulerTest {
    private static final IsolationKey KEY = new IsolationKey("mini", "alice", "public");

    @Test
    void runsOneRequestFromPromptToLastToken() {
        Scheduler scheduler = new Scheduler(new BlockPool(4), new Limits(8, 2, 64, 4), Order.firstComeFirstServed());
        assertThat(scheduler.submit(new Request(1, new int[10], 2, KEY))).isEqualTo(new Admission.Accepted(1));

        assertThat(scheduler.schedule().steps()).containsExactly(new Batch.Step(1, 0, 8, false));
        assertThat(scheduler.apply(new Outcome(List.of(), List.of()))).isEmpty();
        assertThat(scheduler.schedule().steps()).containsExactly(new Batch.Step(1, 8, 2, true));
        assertThat(scheduler.apply(new Outcome(List.of(new Outcome.Sampled(1, 7, false)), List.of())))
                .isEmpty();
        assertThat(scheduler.schedule().steps()).containsExactly(new Batch.Step(1, 10, 1, true));
        assertThat(scheduler.apply(new Outcome(List.of(new Outcome.Sampled(1, 9, false)), List.of())))
                .containsExactly(new Ended(1, Ended.Reason.LENGTH));
        assertThat(scheduler.isIdle()).isTrue();
        assertThat(scheduler.blocks().used()).isZero();
    }
}
