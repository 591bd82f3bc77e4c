package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What everybody sees of the plans in {@code attacks.txt} does not depend on the secrets. */
class AttacksTest {
    private static final String WORLD = """
            {"tools": {
              "read_number": {"params": [], "effect": false, "result": NUMBER, "label": SECRET},
              "read_list": {"params": [], "effect": false, "result": LIST, "label": SECRET},
              "read_word": {"params": [], "effect": false, "result": WORD, "label": SECRET},
              "read_cells": {"params": [], "effect": false, "result": CELLS, "label": OPEN, "labels": {"/*": SECRET}},
              "lookup": {"params": ["k"], "effect": false, "results": [{"args": {"k": 1}, "result": 1}], "label": OPEN},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}},
             "asks": [{"question": "how many?", "data": 1, "answer": true}]}
            """;

    private static final Limits LIMITS = new Limits(100_000, 64L << 20, 100, Duration.ofSeconds(20));

    private static World world(int secret) {
        try {
            return WorldFile.parse(
                    "world",
                    WORLD.replace("NUMBER", Integer.toString(secret))
                            .replace(
                                    "LIST",
                                    List.of("[1]", "[1, 0]", "[2, 1, 1]", "[0]").get(secret))
                            .replace(
                                    "WORD",
                                    List.of("\"x\"", "\"7\"", "\"yy\"", "\"\"").get(secret))
                            .replace(
                                    "CELLS",
                                    List.of("[1, 1, 2]", "[0, 3, 2]", "[1, 0, 0]", "[0, 0, 0]")
                                            .get(secret))
                            .replace("SECRET", "{\"integrity\": \"trusted\", \"readers\": [\"alice\"]}")
                            .replace("OPEN", "{\"integrity\": \"user\", \"readers\": [\"*\"]}"));
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> sent(String source, int secret) {
        List<String> sent = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(source);
        Outcome outcome = Plans.run(
                parsed.plan(), world(secret), new OnEffect((_, arguments) -> sent.add(arguments.toString())), LIMITS);
        assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
        return sent;
    }

    @TestFactory
    Stream<DynamicTest> nothingIsToldBy() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = AttacksTest.class.getResourceAsStream("attacks.txt")) {
            String all = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String family : all.split("(?m)^## ", -1)) {
                int end = family.indexOf('\n');
                if (!family.startsWith("Plans that")) {
                    for (String plan : family.substring(end + 1).split("(?m)^---\n", -1)) {
                        tests.add(DynamicTest.dynamicTest(
                                family.substring(0, end) + ": " + plan.strip().replace("\n", " | "),
                                () -> tellsNothing(plan)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private static void tellsNothing(String plan) {
        for (String bound : List.of("0", "1")) {
            String source = plan.replaceAll("\\bS\\b", "read_number()")
                    .replaceAll("\\bL\\b", "read_list()")
                    .replaceAll("\\bC\\b", "read_cells()")
                    .replaceAll("\\bW\\b", "read_word()")
                    .replace("TELL", "send")
                    .replace("#", bound);
            List<String> first = sent(source, 0);
            for (int secret = 1; secret < 4; secret++) {
                assertThat(sent(source, secret)).isEqualTo(first);
            }
        }
    }
}
