package telos.training.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telos.tools.Arguments;
import telos.tools.Catalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CurriculumTest {
    private static final Set<String> IMPLIED = Set.of("cpu", "connected", "all");
    private static final Curriculum CURRICULUM = new Curriculum();

    private static List<Lesson> lessons(Curriculum.Part part, long seed, int count) {
        Random random = new Random(seed);
        List<Lesson> lessons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lessons.add(CURRICULUM.draw(part, random));
        }
        return lessons;
    }

    @Test
    void givesTheSameLessonsForTheSameSeed() {
        assertThat(lessons(Curriculum.Part.LESSONS, 5, 500)).isEqualTo(lessons(Curriculum.Part.LESSONS, 5, 500));
        assertThat(lessons(Curriculum.Part.LESSONS, 5, 500)).isNotEqualTo(lessons(Curriculum.Part.LESSONS, 6, 500));
    }

    @ParameterizedTest
    @EnumSource(Curriculum.Part.class)
    void callsOnlyWhatTheToolsAccept(Curriculum.Part part) {
        for (Lesson lesson : lessons(part, 1, 20_000)) {
            lesson.call()
                    .ifPresent(call -> assertThat(Arguments.parse(call.tool(), call.arguments()))
                            .as(lesson.request() + " -> " + call.text())
                            .isInstanceOf(Arguments.Accepted.class));
        }
    }

    @Test
    void asksInWordsForEveryArgument() {
        JsonMapper json = new JsonMapper();
        for (Lesson lesson : lessons(Curriculum.Part.LESSONS, 2, 20_000)) {
            if (lesson.call().isEmpty()) {
                continue;
            }
            String arguments = lesson.call().get().arguments();
            for (Map.Entry<String, JsonNode> argument : json.readTree(arguments).properties()) {
                assertThat(isAsked(argument.getValue(), lesson.request()))
                        .as(lesson.request() + " -> " + arguments)
                        .isTrue();
            }
        }
    }

    private static boolean isAsked(JsonNode value, String request) {
        if (value.isString()) {
            String text = value.stringValue();
            return IMPLIED.contains(text)
                    || request.contains(text)
                    || (text.startsWith("*.") && request.contains(text.substring(2)));
        }
        int number = value.intValue();
        String lower = request.toLowerCase(Locale.ROOT);
        String spoken = number < 100 ? Slots.spoken(number, new Random(1)).replace('-', ' ') : "hundred";
        return number == 1
                || request.contains(Integer.toString(number))
                || lower.replace('-', ' ').contains(spoken);
    }

    @Test
    void givesPropertiesInTheOrderOfTheSchema() {
        for (Lesson lesson : lessons(Curriculum.Part.LESSONS, 3, 5_000)) {
            lesson.call().ifPresent(call -> {
                String whole =
                        Catalogue.normalise(call.tool(), call.arguments()).orElseThrow();
                int at = 0;
                for (String name : new JsonMapper().readTree(call.arguments()).propertyNames()) {
                    int found = whole.indexOf("\"" + name + "\":", at);
                    assertThat(found).as(call.text()).isNotNegative();
                    at = found;
                }
            });
        }
    }

    @Test
    void teachesEveryToolAndEveryWayToAnswerWithoutOne() {
        Set<String> tools = new TreeSet<>();
        Set<String> answers = new TreeSet<>();
        for (Lesson lesson : lessons(Curriculum.Part.LESSONS, 4, 20_000)) {
            lesson.call()
                    .ifPresentOrElse(
                            call -> tools.add(call.tool()),
                            () -> answers.add(lesson.answer().orElseThrow()));
        }
        assertThat(tools).hasSameSizeAs(Catalogue.specs());
        assertThat(answers).hasSize(9);
    }

    @Test
    void saysOnlyFiguresThatTheResultOrTheRequestHas() {
        for (Lesson lesson : lessons(Curriculum.Part.LESSONS, 5, 20_000)) {
            if (lesson.result().isEmpty()) {
                continue;
            }
            String evidence = lesson.result().get() + " " + lesson.request();
            for (String word :
                    lesson.answer().orElseThrow().replace("<|quote|>", "").split("\\s+", -1)) {
                String bare = word.replaceAll("^[(]+|[),.:;]+$", "");
                if (bare.matches(".*[0-9/].*")) {
                    assertThat(evidence).as(lesson.toString()).contains(bare);
                }
            }
        }
    }
}
