package telos.training.curriculum;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All lessons there can be; which one comes next is up to the generator of chance that is given. */
public final class Curriculum {
    private static final List<String> GRAMMARS = List.of(
            "processes",
            "process",
            "memory",
            "load",
            "disk",
            "largest",
            "find",
            "head",
            "tail",
            "search",
            "kernel_log",
            "sockets",
            "agents",
            "blocks",
            "decline",
            "ask");
    private static final int SAYS_PERCENT = 19;
    private static final int ANSWERS_PERCENT = 15;
    /** What the model says it can do; a token of its own, so that saying it costs nothing. */
    public static final String ABLE =
            " I can show processes, memory, load, disks, files, logs and sockets of this machine.";

    private static final Map<String, String> SAYINGS = Map.of(
            "hello", "Hello, I am the small operator of Telos, not a chat partner." + ABLE,
            "identity", "I am the small operator built into Telos." + ABLE,
            "change", "I only read and never change anything." + ABLE,
            "other", "I only see the machine that I run on." + ABLE,
            "knowledge", "I am a small operator and cannot answer that." + ABLE,
            "ask_file", "Which file? Please give its path.",
            "ask_text", "Which text shall I search for?",
            "ask_process", "Which process? Please give its pid.",
            "ask_name", "Which file name or pattern shall I look for?");

    /** Which patterns may be drawn. */
    public enum Part {
        LESSONS,
        HELD_OUT
    }

    private record Drawable(Grammar.Group group, List<Grammar.Pattern> patterns, Map<String, Phrase> rules) {}

    private final Map<Part, List<Drawable>> calls = new HashMap<>();
    private final Map<Part, List<Drawable>> sayings = new HashMap<>();
    private final Map<String, Grammar.Group> frames = new HashMap<>();
    private final Map<String, Phrase> frameRules;
    private final Slots slots;
    private final Results results;

    public Curriculum() {
        Names names = new Names(words("words"), words("programs"));
        Paths paths = new Paths(names, words("extensions"), words("files"), words("folders"));
        this.slots = new Slots(names, paths);
        this.results = new Results(names, paths);
        Map<String, Phrase> common = grammar("common").rules();
        Grammar framing = grammar("frames");
        framing.groups().forEach(group -> frames.put(group.tool(), group));
        this.frameRules = new HashMap<>(common);
        frameRules.putAll(framing.rules());
        for (String name : GRAMMARS) {
            Grammar grammar = grammar(name);
            Map<String, Phrase> rules = new HashMap<>(common);
            rules.putAll(grammar.rules());
            for (Grammar.Group group : grammar.groups()) {
                if (group.tool().equals("say") && !SAYINGS.containsKey(group.style())) {
                    throw new GrammarException(name + ": there is no saying '" + group.style() + "'");
                }
                var by = group.tool().equals("say") ? sayings : calls;
                for (Part part : Part.values()) {
                    List<Grammar.Pattern> patterns = group.patterns().stream()
                            .filter(pattern -> pattern.heldOut() == (part == Part.HELD_OUT))
                            .toList();
                    if (!patterns.isEmpty()) {
                        by.computeIfAbsent(part, _ -> new ArrayList<>()).add(new Drawable(group, patterns, rules));
                    }
                }
            }
        }
    }

    /** How many patterns there are in all. */
    public int patterns() {
        int count = 0;
        for (var by : List.of(calls, sayings)) {
            for (List<Drawable> groups : by.values()) {
                count += groups.stream()
                        .mapToInt(group -> group.patterns().size())
                        .sum();
            }
        }
        return count;
    }

    /** Draws a lesson. */
    public Lesson draw(Part part, RandomGenerator random) {
        boolean says = random.nextInt(100) < SAYS_PERCENT;
        Drawable drawn = pick((says ? sayings : calls).getOrDefault(part, List.of()), random);
        Grammar.Pattern pattern = Names.pick(drawn.patterns(), random);
        List<Segment> core = Phrase.write(pattern.phrase(), new Phrase.Source(drawn.rules(), slots, random));
        boolean framed = pattern.mood() != Grammar.Mood.VERBATIM
                && (pattern.mood() == Grammar.Mood.INDIRECT || random.nextInt(100) < 52);
        List<Segment> request = framed ? frame(pattern.mood(), core, random) : core;
        boolean question = pattern.mood() == Grammar.Mood.QUESTION;
        String typed = Noise.type(request, question, random);
        if (says) {
            return new Lesson(
                    typed,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.ofNullable(SAYINGS.get(drawn.group().style())));
        }
        Map<String, Object> arguments = arguments(drawn.group(), core);
        Lesson.Call call = new Lesson.Call(drawn.group().tool(), json(arguments));
        if (random.nextInt(100) >= ANSWERS_PERCENT) {
            return new Lesson(typed, Optional.of(call), Optional.empty(), Optional.empty());
        }
        Results.Told told =
                results.tell(drawn.group().tool(), arguments, drawn.group().style(), random);
        return new Lesson(typed, Optional.of(call), Optional.of(told.result()), Optional.of(told.answer()));
    }

    private static Drawable pick(List<Drawable> groups, RandomGenerator random) {
        int total = groups.stream().mapToInt(it -> it.group().weight()).sum();
        int at = random.nextInt(total);
        for (Drawable drawable : groups) {
            at -= drawable.group().weight();
            if (at < 0) {
                return drawable;
            }
        }
        throw new IllegalStateException("weights of " + groups.size() + " groups do not add up");
    }

    private List<Segment> frame(Grammar.Mood mood, List<Segment> core, RandomGenerator random) {
        String name = switch (mood) {
            case ORDER -> "order";
            case QUESTION -> "question";
            case THING -> "thing";
            case INDIRECT -> "indirect";
            case VERBATIM -> throw new IllegalArgumentException("a verbatim pattern takes no frame");
        };
        Grammar.Group group = frames.get(name);
        if (group == null) {
            throw new GrammarException("frames: there is no group " + name);
        }
        Phrase frame = Names.pick(group.patterns(), random).phrase();
        List<Segment> raw = new ArrayList<>();
        frame.expand(new Phrase.Source(frameRules, slots, random), raw);
        List<Segment> whole = new ArrayList<>();
        for (Segment segment : raw) {
            if (segment.filled().isPresent() && segment.filled().get().slot().equals("it")) {
                whole.addAll(core);
            } else {
                whole.add(Segment.words(segment.text()));
            }
        }
        return Phrase.tidy(whole);
    }

    private static Map<String, Object> arguments(Grammar.Group group, List<Segment> core) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        group.arguments().forEach((name, source) -> {
            if (source instanceof Grammar.Literal(Object value)) {
                arguments.put(name, value);
                return;
            }
            for (Segment segment : core) {
                if (segment.filled().isPresent()
                        && means(source.toString(), segment.filled().get().slot())) {
                    arguments.put(name, segment.filled().get().value());
                    return;
                }
            }
        });
        return arguments;
    }

    /** The source {@code t} stands for the two slots of a text to search for. */
    private static boolean means(String source, String slot) {
        return source.equals("t") ? slot.equals("id") || slot.equals("phrase") : source.equals(slot);
    }

    static String json(Map<String, Object> arguments) {
        StringBuilder json = new StringBuilder("{");
        arguments.forEach((name, value) -> {
            json.append(json.length() > 1 ? ",\"" : "\"").append(name).append("\":");
            if (value instanceof Integer) {
                json.append(value);
            } else {
                String text = value.toString().replace("\\", "\\\\").replace("\"", "\\\"");
                json.append('"').append(text).append('"');
            }
        });
        return json.append('}').toString();
    }

    private static Grammar grammar(String name) {
        return Grammar.parse(name, text(name).lines().toList());
    }

    private static List<String> words(String name) {
        return List.of(text(name).strip().split("\\s+", -1));
    }

    private static String text(String name) {
        try (InputStream in = Curriculum.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new GrammarException("the resource " + name + ".txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
