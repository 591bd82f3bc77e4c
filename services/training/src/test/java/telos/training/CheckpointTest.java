package telos.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.training.transformer.Dimensions;
import telos.training.transformer.Snapshot;

class CheckpointTest {
    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasWritten() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        Snapshot weights = new Snapshot(Map.of("a", new float[] {1, 2.5f}));
        Snapshot moments = new Snapshot(Map.of("a", new float[] {-1, 0}));
        new Checkpoint("plan", 7, new Batches.Place(3, 4), new float[] {0.5f}, weights, moments, moments).write(file);
        Checkpoint read = Checkpoint.read(file);
        assertThat(read.plan()).isEqualTo("plan");
        assertThat(read.step()).isEqualTo(7);
        assertThat(read.place()).isEqualTo(new Batches.Place(3, 4));
        assertThat(read.losses()).containsExactly(0.5f);
        assertThat(read.weights().array("a")).containsExactly(1, 2.5f);
        assertThat(read.second().array("a")).containsExactly(-1, 0);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void saysWhenAFileIsNoCheckpoint() throws IOException {
        Path file = Files.writeString(folder.resolve("checkpoint.bin"), "something else");
        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("not a checkpoint");
    }

    @Test
    @Tag("slow")
    void goesOnExactlyAsIfTrainingHadNotStopped() throws IOException {
        Plan plan = new Plan(1, new Dimensions(Protocol.VOCABULARY, 16, 1, 2, 1, 8, 32), 60, 256, 1e-3f);
        Path none = folder.resolve("none");
        Path half = folder.resolve("half");
        Snapshot whole;
        try (Trainer trainer = trainer(plan, none)) {
            for (int i = 0; i < 40; i++) {
                trainer.step();
                if (i == 19) {
                    trainer.save(half);
                }
            }
            whole = Snapshot.of(trainer.model().weights());
        }
        try (Trainer trainer = trainer(plan, half)) {
            assertThat(trainer.done()).isEqualTo(20);
            for (int i = 0; i < 20; i++) {
                trainer.step();
            }
            Snapshot resumed = Snapshot.of(trainer.model().weights());
            whole.arrays()
                    .forEach((name, values) ->
                            assertThat(resumed.array(name)).as(name).containsExactly(values));
        }
        assertThatThrownBy(() -> trainer(new Plan(2, plan.dimensions(), 60, 256, 1e-3f), half))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another plan");
    }

    private static Trainer trainer(Plan plan, Path file) throws IOException {
        return new Trainer(plan, BatchesTest.CURRICULUM, BatchesTest.TOKENIZER, Set.of(), file);
    }
}
