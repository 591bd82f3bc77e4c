package telos.bench;

import java.nio.file.Path;
import java.util.List;
import telos.inference.gguf.GgufException;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.tools.ToolResult;
import telos.tools.Toolbox;

/** How well the built-in model turns requests into calls, and whether its answers keep to what the tools found. */
final class MiniBench implements Bench {
    private static final int RANDOM_MODELS = 3;

    private final Project project;

    MiniBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "mini";
    }

    @Override
    public String about() {
        return "exact tool calls of the built-in model on generated and free wording, against random weights under the"
                + " same constraint; and facts in its answers that neither the request nor a tool result has. It says"
                + " nothing of other models, of other requests, or of how well the answers are put.";
    }

    @Override
    public List<String> options() {
        return List.of("--details");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        Path model = project.builtInModel();
        EvaluationSet generated = project.evaluationSet("generated");
        EvaluationSet development = project.evaluationSet("development");
        EvaluationSet scoring = project.evaluationSet("scoring");
        boolean details = options.has("--details");
        Figures figures = new Figures();
        try (Scratch scratch = Scratch.make()) {
            try (Operator operator = Operator.load(model, scratch.folder())) {
                figures.put("exact_generated", exact(generated, operator, out, details));
                // What the scoring half gets wrong is never shown: whoever saw it could not help training for it.
                figures.put("exact_free", exact(scoring, operator, out, false));
                figures.put("exact_development", exact(development, operator, out, details));
                figures.put("unsupported_facts", unsupported(scoring, operator, out));
            }
            random(model, scratch, scoring, figures, out);
        }
        return figures;
    }

    private static double exact(EvaluationSet set, Operator operator, Console out, boolean details)
            throws BenchException, InterruptedException {
        ExactCalls score = score(set, operator, out);
        if (details) {
            score.misses().forEach(out::line);
        }
        return score.share();
    }

    private static ExactCalls score(EvaluationSet set, Operator operator, Console out)
            throws BenchException, InterruptedException {
        ExactCalls score = ExactCalls.of(set, operator);
        out.line(score.summary());
        return score;
    }

    /**
     * The means over several models, since one may always call or never. Whoever says anything at all is right where no
     * call is, so the requests that need one are also counted alone.
     */
    private static void random(Path model, Scratch scratch, EvaluationSet set, Figures figures, Console out)
            throws BenchException, InterruptedException {
        double all = 0;
        double calls = 0;
        for (int seed = 1; seed <= RANDOM_MODELS; seed++) {
            Path twin = scratch.resolve("random.gguf");
            try {
                RandomTwin.write(model, twin, seed);
            } catch (GgufException e) {
                throw new BenchException(String.valueOf(e.getMessage()), e);
            }
            out.line("random weights, seed " + seed);
            try (Operator operator = Operator.load(twin, scratch.folder())) {
                ExactCalls score = score(set, operator, out);
                all += score.share();
                calls += score.callShare();
            }
        }
        figures.put("exact_random_weights", all / RANDOM_MODELS)
                .put("exact_random_weights_calls", calls / RANDOM_MODELS);
    }

    /** Runs every request through with the real tools, and counts what the answers claim and nothing supports. */
    private int unsupported(EvaluationSet set, Operator operator, Console out)
            throws BenchException, InterruptedException {
        Toolbox toolbox = LabTools.toolbox();
        int claims = 0;
        for (EvaluationSet.Item item : set.items()) {
            String request = item.request();
            Message.Assistant first = operator.answer(request);
            List<String> invented;
            if (first.calls().isEmpty()) {
                invented = Facts.unsupported(first.text(), List.of(request));
            } else {
                ToolCall call = first.calls().getFirst();
                String result = text(toolbox.call(call.name(), call.arguments(), project.root()));
                String answer = operator.answer(request, call, result).text();
                invented = Facts.unsupported(answer, List.of(request, result));
            }
            claims += invented.size();
        }
        out.line("unsupported facts in " + set.items().size() + " answers: " + claims);
        return claims;
    }

    /** As an agent puts it to its model. */
    private static String text(ToolResult result) {
        return switch (result) {
            case ToolResult.Output output -> output.text();
            case ToolResult.Failed failed -> "error: " + failed.message();
        };
    }
}
