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
import tools.jackson.databind.json.JsonMapper;

/** Whether what is written under a JSON Schema is always complete and valid, and what that costs. */
final class SchemaBench implements Bench {
    private static final int TEXTS = 20;
    private static final int SPARE_TOKENS = 60;
    private static final String LARGE = "thousand";

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String about() {
        return "schemas of our own over every keyword, each decoded " + TEXTS
                + " times by the real sampler and constraint"
                + " under a token budget, from random logits in place of a model; every text checked by networknt's"
                + " validator, formats too. A third of the texts has the smallest budget there is. It shows nothing of how"
                + " sensible the values are that a real model writes.";
    }

    @Override
    public List<String> options() {
        return List.of("--texts N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int texts = options.whole("--texts", TEXTS, 1, 1000);
        SampleVocabulary vocabulary = SampleVocabulary.make();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
        Tally tally = new Tally();
        List<SchemaCase> cases = SchemaCase.all();
        for (SchemaCase each : cases) {
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
                    Schema schema = registry.getSchema(each.schema(), InputFormat.JSON);
                    for (int seed = 0; seed < texts; seed++) {
                        decode(each, compiled, vocabulary, schema, seed, large, tally, out);
                    }
                }
            }
        }
        out.line(tally.texts + " texts of " + tally.tokens + " tokens");
        long must = cases.stream().filter(SchemaCase::mustAccept).count();
        return new Figures()
                .put("schemas", cases.size())
                .put("must_accept", must)
                .put("texts", tally.texts)
                .put("invalid", tally.invalid)
                .put("incomplete", tally.incomplete)
                .put("refused_must_accept", tally.refusedMustAccept)
                .put("refused", tally.refused)
                .put("overhead_us_per_token", tally.nanos / 1e3 / Math.max(1, tally.tokens))
                .put("overhead_us_per_token_1000", tally.largeNanos / 1e3 / Math.max(1, tally.largeTokens))
                .put("compile_ms_mean", tally.compileMillis / Math.max(1, cases.size() - tally.refused))
                .put("compile_ms_max", tally.slowestMillis)
                .put("compile_ms_1000", tally.largeMillis);
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
        int budget = compiled.shortest() + (seed % 3 == 0 ? 0 : random.nextInt(SPARE_TOKENS));
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
        try {
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(text);
            return schema.validate(text, InputFormat.JSON).isEmpty();
        } catch (JacksonException _) {
            return false;
        }
    }

    /** What was counted. */
    private static final class Tally {
        private int texts;
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
            texts++;
            tokens += written;
            nanos += spent;
            if (large) {
                largeTokens += written;
                largeNanos += spent;
            }
        }
    }
}
