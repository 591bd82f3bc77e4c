package telos.plans.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is accepted here means the same to CPython; needs a Python that knows all of the subset. */
class PythonAgreementTest {
    private static final int PROGRAMS = 300;
    private static final int MUTANTS = 4;
    private static final int OLDEST = 10;

    private static final int FREE_FIELDS = 12;
    private static final Pattern FORMATTED = Pattern.compile("[fF]['\"]");

    /** Programs of everyday shape, beside the drawn ones. */
    private static final List<String> WRITTEN = List.of(
            "",
            "\n# nothing\n",
            "x = 1",
            "if a:\n    b()\nelif c: d()\nelse:\n\te()\n",
            "for i, (j, *k) in enumerate(xs): print(i); continue\nelse:\n    pass\n",
            "x = y = z, = 1,\n",
            "def f(a, /*c*/ b): pass".replace("/*c*/ ", ""),
            "f(x for x in y)\nf(1, *a, k=2, *b, **c, d=3)\n",
            "print(f'{a!r:>{w}.{p}} {b=} {c = !s} {d=:5} {{}}' \" and more\" 'x')\n",
            "a[1:2], a[:], a[::2], a[1:], a[b, c], a[(1, 2)]\n",
            "not a in b, a not in b, a is not b, not not a, 1 < 2 < 3 == d != e\n",
            "-1 ** -2 ** 3, (-1) ** 2, 2 * 3 + 4 // 5 - 6 % 7 << 1 & 3 | 4 ^ 5, ~a\n",
            "a if b else c if d else e, lambda x, *y, z=1, **k: (x, y), lambda: 0\n",
            "{1, *a}, {**a, 'b': 1}, {k: v for k, v in x if k if v}, {x for y in z for x in y}\n",
            "[y := 1, y], [(z := q) for q in r], print(w := 2)\n",
            "if (n := len(a)) > 1: pass\nwhile chunk := read(): pass\n",
            "try:\n  a\nexcept (A, B) as e: raise C from e\nexcept D: raise\nexcept: pass\nelse: b\nfinally: c\n",
            "class P(BaseModel):\n    'd'\n    a: int\n    b: list[str] = []\nclass E(Enum):\n    A = 'a'\n    B = 2\n",
            "from a.b import (c as d, e,)\nimport x.y as z, w\ndel a, (b.c, [d[0]]), e\nassert a, 'b'\n",
            "x: int\na.b: str = 'c', 'd'\n(y): int = 1\nx += 1; x **= 2; x //= 3; x >>= 4;\n",
            "(a\n  # c\n+\nb)\nx = \\\n  1\n\n\ny = 2 # end",
            "s = 'a\\\nb' r'\\d' '\\d\\x41\\101\\u00e9\\U0001F600\\t' \"\"\"x\ny\"\"\" u'z' R'''\\''''\n",
            "0, 00, 1_000, 0x_fF, 0o17, 0B11, 1., .5, 1e5, 1E-5, 1_0.0_1e+1_0, 1.e3, 1e999\n",
            "if x:\r\n\ty = 'é😀' + z.größe # ü\r\n\tw()\r\n",
            "x = (yes if no else maybe).attribute[0](1)(2)\n",
            "f'{(lambda: 1)()}{a[\"b\"]:{c}}{x!r}{ {1: 2}[1] }'\n",
            "*a, b = *c, d\nfor x in *a, b: pass\n\fy = 1\n");

    private record Answer(boolean accepted, String text) {}

    @Test
    void acceptsOnlyWhatPythonAcceptsAndReadsItTheSame(@TempDir Path folder) throws Exception {
        int version = version(folder);
        List<String> sources = new ArrayList<>(WRITTEN);
        for (int seed = 0; seed < PROGRAMS; seed++) {
            sources.add(Printer.print(new RandomPlans(seed).plan(), seed));
        }
        int valid = sources.size();
        for (int i = 0; i < valid; i++) {
            for (int j = 0; j < MUTANTS; j++) {
                sources.add(Mutation.of(sources.get(i), 31L * i + j));
            }
        }
        List<Answer> answers = python(folder, sources);
        int compared = 0;
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            Answer python = answers.get(i);
            if (i < valid) {
                Reading.accepted(source);
            }
            if (PlanParser.parse(source) instanceof Parsed.Accepted(Plan plan) && comparable(source, python, version)) {
                compared++;
                assertThat(python.accepted).as(python.text + "\n" + source).isTrue();
                assertThat(Dump.withPositions(plan.body())).as(source).isEqualTo(python.text);
            }
        }
        assertThat(compared).isGreaterThan(valid);
    }

    /**
     * Before 3.12 a field of an f-string could hold less than it can here, and CPython's grammar has no second look at an
     * annotated target such as {@code (a.b).c}.
     */
    private static boolean comparable(String source, Answer python, int version) {
        return python.accepted
                || !((version < FREE_FIELDS && FORMATTED.matcher(source).find())
                        || python.text.contains("illegal target for annotation"));
    }

    /** The second number of python3's version. */
    private static int version(Path folder) throws Exception {
        Path out = folder.resolve("version");
        int status = -1;
        try {
            status = new ProcessBuilder("python3", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            Assumptions.abort("python3 is not on this machine: " + absent.getMessage());
        }
        Matcher version = Pattern.compile("Python 3\\.(\\d+).*\\s*").matcher(Files.readString(out));
        Assumptions.assumeTrue(status == 0 && version.matches(), "python3 does not tell its version");
        int second = Integer.parseInt(version.group(1));
        Assumptions.assumeTrue(second >= OLDEST, "python3 is older than 3." + OLDEST);
        return second;
    }

    private static List<Answer> python(Path folder, List<String> sources) throws Exception {
        Path script = folder.resolve("dump.py");
        try (InputStream in = Objects.requireNonNull(PythonAgreementTest.class.getResourceAsStream("dump.py"))) {
            Files.copy(in, script);
        }
        Path input = folder.resolve("sources");
        Files.write(
                input,
                sources.stream()
                        .map(each -> Base64.getEncoder().encodeToString(each.getBytes(StandardCharsets.UTF_8)))
                        .toList());
        Path output = folder.resolve("trees");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("python3", "-W", "ignore", "-X", "utf8", script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output).stream()
                .map(line -> new Answer(line.startsWith("ok "), line.substring("ok ".length())))
                .toList();
    }
}
