package telos.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.OutputForm;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.JsonSchemaConstraint;
import telos.inference.constraint.SchemaOptions;
import telos.inference.constraint.TokenTrie;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.sampling.SamplingOptions;
import telos.inference.tokenizer.Tokenizer;
import telos.server.DaemonOptions;
import telos.server.LocalModel;

/** A model with random weights that writes under a schema, loaded as a daemon loads it. */
final class SchemaModel implements AutoCloseable {
    private static final int CONTEXT = 16_384;

    private final LocalModel model;
    private final TokenTrie trie;
    private final ExecutorService company = Executors.newVirtualThreadPerTaskExecutor();

    private SchemaModel(LocalModel model, TokenTrie trie) {
        this.model = model;
        this.trie = trie;
    }

    /** One with the vocabulary of {@code pattern}. */
    static SchemaModel load(Path pattern, Path scratch) throws BenchException {
        Path file = scratch.resolve("random.gguf");
        try {
            RandomTwin.writePlain(pattern, file, 1, CONTEXT);
            return new SchemaModel(
                    LocalModel.load("random", file, DaemonOptions.at(scratch)),
                    TokenTrie.of(Tokenizer.from(GgufFile.read(file))));
        } catch (GgufException e) {
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The schema on this model's vocabulary: it tells the smallest budget. */
    Compilation compile(String schema) {
        return JsonSchemaConstraint.compile(schema, trie, SchemaOptions.standard());
    }

    /** One text for each budget of tokens, all at once; the seed of each is its place. */
    List<String> write(String schema, int[] budgets) throws BenchException, InterruptedException {
        List<Callable<String>> requests = new ArrayList<>();
        for (int seed = 0; seed < budgets.length; seed++) {
            SamplingOptions sampling =
                    SamplingOptions.greedy(budgets[seed]).withTemperature(1).withSeed(seed);
            requests.add(() -> text(schema, sampling));
        }
        List<String> texts = new ArrayList<>();
        for (Future<String> request : company.invokeAll(requests)) {
            try {
                texts.add(request.get());
            } catch (ExecutionException e) {
                throw new BenchException("a text failed: " + e.getCause(), e);
            }
        }
        return texts;
    }

    private String text(String schema, SamplingOptions sampling) throws BenchException, InterruptedException {
        CompletionRequest request = new CompletionRequest(
                new CompletionRequest.Prompt.Text("It is"),
                new OutputForm.Schema(schema, false),
                sampling,
                OptionalInt.empty(),
                false,
                "bench");
        return switch (model.complete(request, ChatListener.silent())) {
            case ChatOutcome.Completed completed -> completed.message().text();
            case ChatOutcome.Refused refused -> throw new BenchException("the model refused: " + refused.why());
            case ChatOutcome.Failed failed -> throw new BenchException("the model failed: " + failed.why());
        };
    }

    @Override
    public void close() {
        company.close();
        model.close();
    }
}
