package telos.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.server.ModelFileException;
import telos.server.ModelFiles;
import telos.server.RandomModelOptions;

/** {@code telos model random}: a model file of Gaussian weights. */
final class RandomCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "random",
                "Make a model of Gaussian weights with a working tokenizer: it says nothing, but has a real one's shape, "
                        + "size and speed.",
                "telos model random --arch llama --dim 256 --layers 4 --quant q8_0 --out tiny.gguf",
                "telos model random --arch llama --dim 2048 --layers 16 --ffn 8192 --vocab 32000 --quant q4_0 --out 1b.gguf");
        spec.addOption(Syntax.text("NAME", "The architecture; llama is the one there is.", "--arch"));
        spec.addOption(Syntax.number("N", "The width of a token's state (512).", "--dim"));
        spec.addOption(Syntax.number("N", "How many layers (8).", "--layers"));
        spec.addOption(Syntax.number("N", "How many attention heads (one for each 64 of --dim).", "--heads"));
        spec.addOption(Syntax.number("N", "How many KV heads (a quarter of --heads).", "--kv-heads"));
        spec.addOption(Syntax.number("N", "The inner width of the feed-forward network (four times --dim).", "--ffn"));
        spec.addOption(Syntax.number("N", "How many tokens the vocabulary has (8192).", "--vocab"));
        spec.addOption(Syntax.number("N", "The longest sequence in tokens (4096).", "--context"));
        spec.addOption(Syntax.text("TYPE", "How weights are stored: f32, f16, bf16, q8_0, q4_0 (q8_0).", "--quant"));
        spec.addOption(Syntax.flag("Give it an output matrix apart from the embedding.", "--untied"));
        spec.addOption(Syntax.number("N", "The same seed makes the same file (1).", "--seed"));
        spec.addOption(Syntax.text("FILE", "The file to write.", "--out", "-o"));
        spec.addOption(Syntax.flag("Replace the file if it is there.", "--force"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        int dim = number(arguments, "--dim", 512);
        int heads = number(arguments, "--heads", dim % 64 == 0 ? dim / 64 : 1);
        RandomModelOptions options = new RandomModelOptions(
                arguments.matchedOptionValue("--arch", "llama"),
                dim,
                number(arguments, "--layers", 8),
                heads,
                number(arguments, "--kv-heads", heads % 4 == 0 ? heads / 4 : heads),
                number(arguments, "--ffn", 4 * dim),
                number(arguments, "--vocab", 8192),
                number(arguments, "--context", 4096),
                arguments.matchedOptionValue("--quant", "q8_0"),
                !Syntax.given(arguments, "--untied"),
                arguments.matchedOptionValue("--seed", 1L));
        Path target = target(arguments, session);
        AtomicInteger shown = new AtomicInteger(-1);
        try {
            ModelFiles.random(options, target, share -> {
                int percent = (int) (100 * share);
                if (session.errTerminal() && shown.getAndSet(percent) != percent) {
                    session.err().print("\rwriting " + percent + "%");
                    session.err().flush();
                }
            });
            ModelFiles.inspect(target);
            session.out()
                    .println("wrote " + target + " ("
                            + Bytes.show(target.toFile().length()) + ")");
            return 0;
        } catch (ModelFileException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } finally {
            if (shown.get() >= 0) {
                session.err().print("\r\u001b[K");
            }
        }
    }

    private static int number(ParseResult arguments, String option, int otherwise) throws CommandException {
        return (int) Syntax.number(arguments, option, otherwise, 1, 1 << 24);
    }

    private static Path target(ParseResult arguments, Session session) throws CommandException {
        String out = Syntax.text(arguments, "--out");
        if (out.isEmpty()) {
            throw CommandException.usage("name the file to write: --out tiny.gguf");
        }
        Path target = session.file(out);
        if (Files.exists(target) && !(Files.isRegularFile(target) && Syntax.given(arguments, "--force"))) {
            throw CommandException.failed(target + " exists already; "
                    + (Files.isRegularFile(target) ? "--force replaces it" : "it is not a file"));
        }
        return target;
    }
}
