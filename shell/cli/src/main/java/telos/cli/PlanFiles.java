package telos.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.Datum;
import telos.plans.World;
import telos.plans.WorldException;
import telos.plans.WorldFile;
import telos.plans.policy.PolicyParser;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.SyntaxFault;

/** The plan and the world that a command names. */
record PlanFiles(String name, Plan plan, PlanWorld place) {
    private static final long LARGEST_WORLD = 64L << 20;
    private static final int LARGEST_PLAN = 2 << 20;

    static PlanFiles of(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length != 1) {
            throw CommandException.usage("name one plan; for example: telos plan run plan.py");
        }
        byte[] source = read(session.file(words[0]), LARGEST_PLAN);
        PlanWorld place = PlanWorld.of(arguments, session);
        return switch (PlanParser.parse(source)) {
            case Parsed.Accepted(Plan plan) -> new PlanFiles(words[0], plan, place);
            case Parsed.Refused(SyntaxFault fault) -> throw CommandException.failed(words[0] + ": " + fault.describe());
        };
    }

    World world() {
        return place.world();
    }

    /** The world in a file, with what it names beside it. */
    static WorldFile world(String name, Session session) throws CommandException {
        Path file = session.file(name);
        byte[] json = read(file, LARGEST_WORLD);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return WorldFile.parse(name, text, beside -> {
                try {
                    return read(file.resolveSibling(beside), PolicyParser.LARGEST);
                } catch (InvalidPathException | CommandException e) {
                    throw new IOException(e.getMessage(), e);
                }
            });
        } catch (CharacterCodingException _) {
            throw CommandException.usage(name + " is not UTF-8 text");
        } catch (WorldException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    static byte[] read(Path file, long most) throws CommandException {
        try {
            if (Files.size(file) > most) {
                throw CommandException.usage(file + " is larger than " + most + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + Home.reason(e));
        }
    }

    /** A datum as JSON; what JSON has no number for goes as a text. */
    static Json json(Datum datum) {
        return Json.of(object(datum));
    }

    private static @org.jspecify.annotations.Nullable Object object(Datum datum) {
        return switch (datum) {
            case Datum.Nothing _ -> null;
            case Datum.Truth(boolean truth) -> truth;
            case Datum.Whole(var whole) -> whole;
            case Datum.Real(double real) -> Double.isFinite(real) ? (Object) real : Double.toString(real);
            case Datum.Text(String text) -> text;
            case Datum.Items(List<Datum> values) -> {
                List<Json> items = new ArrayList<>();
                values.forEach(each -> items.add(json(each)));
                yield items;
            }
            case Datum.Fields fields -> fields(fields.values());
        };
    }

    static Map<String, Json> fields(Map<String, Datum> values) {
        Map<String, Json> fields = new java.util.LinkedHashMap<>();
        values.forEach((name, each) -> fields.put(name, json(each)));
        return fields;
    }
}
