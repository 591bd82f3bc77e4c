package telos.bench;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.Constraint;
import telos.inference.constraint.JsonSchemaConstraint;
import telos.inference.constraint.SchemaOptions;
import telos.inference.sampling.History;
import telos.inference.sampling.Sampler;
import telos.inference.sampling.SamplingOptions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whether what is written under a JSON Schema is always complete and valid, and what that costs. */
final class SchemaBench implements Bench {
    private static final int TEXTS = 20;
    private static final int TIMED = 5;
    private static final int SPARE_TOKENS = 60;
    private static final String LARGE = "thousand";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Project project;

    SchemaBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String about() {
        return "schemas of our own over every keyword, each decoded " + TEXTS
                + " times by a model with random weights and"
                + " the built-in model's vocabulary, as a daemon would, under a token budget; every text checked by"
                + " networknt's validator, formats too. A third of the texts has the smallest budget there is. Then each"
                + " is decoded from random logits by the constraint alone, to time it. It shows nothing of how sensible the"
                + " values are that a trained model writes.";
    }

    @Override
    public List<String> options() {
        return List.of("--texts N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int texts = options.whole("--texts", TEXTS, 1, 1000);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
        List<SchemaCase> cases = SchemaCase.all();
        Tally tally = new Tally();
        Texts written = new Texts(texts, out);
        try (Scratch scratch = Scratch.make();
                SchemaModel model = SchemaModel.load(project.builtInModel(), scratch.folder())) {
            for (int i = 0; i < cases.size(); i++) {
                SchemaCase each = cases.get(i);
                Schema schema = registry.getSchema(each.schema(), InputFormat.JSON);
                written.add(each, model.compile(each.schema()), model, schema);
                time(each, schema, tally, out);
                if ((i + 1) % 50 == 0) {
                    out.line(i + 1 + " of " + cases.size() + " schemas");
                }
            }
        }
        long must = cases.stream().filter(SchemaCase::mustAccept).count();
        Figures figures = new Figures()
                .put("schemas", cases.size())
                .put("must_accept", must)
                .put("texts", written.texts)
                .put("invalid", written.invalid + tally.invalid)
                .put("incomplete", written.incomplete + tally.incomplete)
                .put("refused_must_accept", tally.refusedMustAccept)
                .put("refused", tally.refused)
                .put("overhead_us_per_token", tally.nanos / 1e3 / Math.max(1, tally.tokens))
                .put("overhead_us_per_token_1000", tally.largeNanos / 1e3 / Math.max(1, tally.largeTokens))
                .put("compile_ms_mean", tally.compileMillis / Math.max(1, cases.size() - tally.refused))
                .put("compile_ms_max", tally.slowestMillis)
                .put("compile_ms_1000", tally.largeMillis);
        boolean whole = written.invalid + tally.invalid + written.incomplete + tally.incomplete == 0;
        return whole && tally.refusedMustAccept == 0 ? figures : figures.broken();
    }

    /** The texts of the model. */
    private static final class Texts {
        private final int each;
        private final Console out;
        private int texts;
        private int invalid;
        private int incomplete;

        Texts(int each, Console out) {
            this.each = each;
            this.out = out;
        }

        void add(SchemaCase schema, Compilation compilation, SchemaModel model, Schema validator)
                throws BenchException, InterruptedException {
            if (!(compilation instanceof Compilation.Compiled compiled)) {
                return;
            }
            int[] budgets = new int[each];
            for (int seed = 0; seed < each; seed++) {
                budgets[seed] = compiled.shortest() + spare(seed, new SplittableRandom(seed));
            }
            for (String text : model.write(schema.schema(), budgets)) {
                texts++;
                if (!parses(text)) {
                    incomplete++;
                    out.line(schema.name() + ": no JSON: " + text);
                } else if (!valid(text, validator)) {
                    invalid++;
                    out.line(schema.name() + ": invalid: " + text);
                }
            }
        }
    }

    /** Nothing for every third text. */
    private static int spare(int seed, SplittableRandom random) {
        return seed % 3 == 0 ? 0 : random.nextInt(SPARE_TOKENS);
    }

    private static void time(SchemaCase each, Schema schema, Tally tally, Console out) {
        SampleVocabulary vocabulary = tally.vocabulary;
        long start = System.nanoTime();
        Compilation compilation =
                JsonSchemaConstraint.compile(each.schema(), vocabulary.trie(), SchemaOptions.standard());
        double millis = (System.nanoTime() - start) / 1e6;
        switch (compilation) {
            case Compilation.Unsupported refused -> {
                tally.refused++;
                if (each.mustAccept()) {
                    tally.refusedMustAccept++;
                    out.line(each.name() + ": refused: " + refused.message());
                }
            }
            case Compilation.Compiled compiled -> {
                boolean large = each.name().startsWith(LARGE);
                tally.compile(millis, large);
                for (int seed = 0; seed < TIMED; seed++) {
                    decode(each, compiled, vocabulary, schema, seed, large, tally, out);
                }
            }
        }
    }

    private static void decode(
            SchemaCase each,
            Compilation.Compiled compiled,
            SampleVocabulary vocabulary,
            Schema schema,
            int seed,
            boolean large,
            Tally tally,
            Console out) {
        SplittableRandom random = new SplittableRandom(seed);
        int budget = compiled.shortest() + spare(seed, random);
        Sampler sampler = new Sampler(vocabulary.size());
        SamplingOptions sampling =
                SamplingOptions.greedy(budget + 1).withTemperature(1).withSeed(seed);
        float[] logits = new float[vocabulary.size()];
        int[] history = new int[budget + 2];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Constraint constraint = compiled.start();
        constraint.remaining(budget);
        int written = 0;
        long nanos = 0;
        boolean ended = false;
        while (!ended && written <= budget) {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) random.nextGaussian();
            }
            long start = System.nanoTime();
            if (constraint.mustEnd()) {
                break;
            }
            var allowed = constraint.allowed();
            nanos += System.nanoTime() - start;
            int token = sampler.sample(sampling, logits, 0, allowed, new History(history, written, 0));
            ended = token == vocabulary.end();
            if (!ended) {
                start = System.nanoTime();
                constraint.accept(token);
                nanos += System.nanoTime() - start;
                bytes.writeBytes(vocabulary.spelling(token));
                history[written++] = token;
            }
        }
        tally.decoded(nanos, written, large);
        String text = bytes.toString(StandardCharsets.UTF_8);
        if (written > budget || !constraint.complete()) {
            tally.incomplete++;
            out.line(each.name() + ": incomplete after " + written + " tokens: " + text);
        } else if (!valid(text, schema)) {
            tally.invalid++;
            out.line(each.name() + ": invalid: " + text);
        }
    }

    private static boolean valid(String text, Schema schema) {
        return parses(text) && schema.validate(text, InputFormat.JSON).isEmpty();
    }

    private static boolean parses(String text) {
        try {
            STRICT.readTree(text);
            return !text.isBlank();
        } catch (JacksonException _) {
            return false;
        }
    }

    /** What was counted. */
    private static final class Tally {
        private final SampleVocabulary vocabulary = SampleVocabulary.make();
        private long tokens;
        private long nanos;
        private long largeTokens;
        private long largeNanos;
        private int invalid;
        private int incomplete;
        private int refused;
        private int refusedMustAccept;
        private double compileMillis;
        private double slowestMillis;
        private double largeMillis;

        void compile(double millis, boolean large) {
            compileMillis += millis;
            slowestMillis = Math.max(slowestMillis, millis);
            largeMillis = large ? Math.max(largeMillis, millis) : largeMillis;
        }

        void decoded(long spent, int written, boolean large) {
            tokens += written;
            nanos += spent;
            if (large) {
                largeTokens += written;
                largeNanos += spent;
            }
        }
    }
}
