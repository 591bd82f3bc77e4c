package telos.inference.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import telos.inference.engine.Ending;
import telos.inference.engine.Engine;
import telos.inference.engine.Submission;
import telos.inference.engine.VectorListener;

/** The vectors of some texts, computed by the engine together with whatever else it runs. */
final class Embedding {
    private static final int MOST_INPUTS = 2048;
    private static final long WAIT_SECONDS = 1;

    private final Engine engine;
    private final int context;
    private final EmbeddingRequest request;
    private final Patience patience;
    private final BlockingQueue<Work> ended = new LinkedBlockingQueue<>();

    /** @param context the longest sequence in tokens */
    Embedding(Engine engine, int context, EmbeddingRequest request, Patience patience) {
        this.engine = engine;
        this.context = context;
        this.request = request;
        this.patience = patience;
    }

    Embedded of(List<int[]> inputs) throws InterruptedException {
        if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
            return new Embedded.Refused(
                    ChatOutcome.Reason.INVALID, "there are " + inputs.size() + " inputs: give 1 to " + MOST_INPUTS);
        }
        int tokens = 0;
        for (int i = 0; i < inputs.size(); i++) {
            int length = inputs.get(i).length;
            if (length == 0) {
                return new Embedded.Refused(ChatOutcome.Reason.INVALID, "input " + i + " is empty: give some text");
            }
            if (length >= context) {
                return new Embedded.Refused(
                        ChatOutcome.Reason.TOO_LONG,
                        "input " + i + " has " + length + " tokens, and this model takes up to " + (context - 1));
            }
            tokens += length;
        }
        List<Work> works = new ArrayList<>();
        try {
            @Nullable Embedded broken = compute(inputs, works);
            return broken != null
                    ? broken
                    : new Embedded.Vectors(works.stream().map(Work::unit).toList(), tokens);
        } catch (IOException e) {
            return new Embedded.Failed("the client went away");
        } finally {
            works.forEach(work -> engine.cancel(work.id));
        }
    }

    private @Nullable Embedded compute(List<int[]> inputs, List<Work> works) throws IOException, InterruptedException {
        int done = 0;
        while (done < inputs.size()) {
            while (works.size() < inputs.size() && works.size() < done + EmbeddingRequest.AT_ONCE) {
                Work work = new Work();
                switch (engine.embed(inputs.get(works.size()), request.claim(), work)) {
                    case Submission.Accepted accepted -> work.id = accepted.id();
                    case Submission.TooLong tooLong -> {
                        return new Embedded.Refused(ChatOutcome.Reason.TOO_LONG, tooLong.why());
                    }
                    case Submission.Busy busy -> {
                        return new Embedded.Refused(ChatOutcome.Reason.BUSY, busy.why());
                    }
                    case Submission.TooLate tooLate -> {
                        return new Embedded.Refused(ChatOutcome.Reason.TOO_LATE, tooLate.why());
                    }
                }
                works.add(work);
            }
            @Nullable Work next = ended.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            patience.waiting();
            if (next == null) {
                continue;
            }
            switch (next.ending) {
                case Ending.Finished _ -> {
                    done++;
                    int length = next.mean.length;
                    if (request.dimensions().orElse(length) != length) {
                        return new Embedded.Refused(
                                ChatOutcome.Reason.UNSUPPORTED,
                                "dimensions must be " + length + " or absent: vectors of this model are not cut");
                    }
                }
                case Ending.Cancelled _ -> {
                    return new Embedded.Failed("the request was cancelled");
                }
                case Ending.Faulted faulted -> {
                    return new Embedded.Failed(faulted.why());
                }
            }
        }
        return null;
    }

    /** One text; what the engine's thread writes is read once its end was heard. */
    private final class Work implements VectorListener {
        private long id;
        private float[] mean = {};
        private Ending ending = new Ending.Cancelled();

        @Override
        public void vector(float[] vector) {
            mean = vector;
        }

        @Override
        public void ended(Ending how) {
            ending = how;
            ended.add(this);
        }

        float[] unit() {
            double square = 0;
            for (float each : mean) {
                square += (double) each * each;
            }
            double length = Math.sqrt(square);
            float[] unit = new float[mean.length];
            for (int i = 0; i < unit.length && length > 0; i++) {
                unit[i] = (float) (mean[i] / length);
            }
            return unit;
        }
    }
}
