package telos.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{{ 1 ¦ never closed by '}}'",
                "{% if x ¦ never closed by '%}'",
                "{# note ¦ never closed by '#}'",
                "{{ 'abc }} ¦ the string is never closed",
                "{% raw %}x ¦ never closed by {% endraw %}",
                "{% if x %}y ¦ {% if %} is never closed by {% endif %}",
                "{% for x in y %}z ¦ {% for %} is never closed by {% endfor %}",
                "{% endif %} ¦ {% endif %} closes nothing that is open",
                "{% else %} ¦ closes nothing that is open",
                "{% include 'x' %} ¦ the statement 'include' is not known",
                "{% break %} ¦ outside a loop",
                "{{ 1 + }} ¦ expected a value, found '}}'",
                "{{ (1 }} ¦ closes nothing",
                "{{ 1 2 }} ¦ expected '}}', found '2'",
                "{{ a. }} ¦ expected a name after '.'",
                "{{ x | }} ¦ expected the name of a filter",
                "{{ [1, 2) }} ¦ closes nothing that is open",
                "{{ f(a=1, 2) }} ¦ without a name stands after one with a name",
                "{{ f(a=1, a=2) }} ¦ given twice",
                "{{ $x }} ¦ '$' means nothing",
                "{{ '\\xZZ' }} ¦ hexadecimal digits",
                "{{ 99999999999999999999 }} ¦ too large",
                "{% for x in y recursive %}{% endfor %} ¦ recursive loops",
                "{% set 5 = 1 %} ¦ expected a name",
                "{% macro %}{% endmacro %} ¦ the name of the macro",
            })
    void saysWhatATemplateDoesWrong(String template, String message) {
        assertThatThrownBy(() -> ChatTemplate.parse(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("chat template, line 1: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{{ a.b.c }} ¦ 'b' is undefined",
                "{{ nothing.x }} ¦ 'nothing' is undefined",
                "{{ nothing['x'] }} ¦ 'nothing' is undefined",
                "{{ nothing() }} ¦ cannot call 'nothing', which is undefined",
                "{{ 'a' + 1 }} ¦ '+' cannot take a text and a number",
                "{{ 'a' + none }} ¦ '+' cannot take a text and none",
                "{{ nothing + 'a' }} ¦ 'nothing', which is undefined",
                "{{ 1 / 0 }} ¦ by zero",
                "{{ 1 % 0 }} ¦ by zero",
                "{{ 9223372036854775807 + 1 }} ¦ too large",
                "{{ 3 ** 100 }} ¦ too large",
                "{{ 1 < 'a' }} ¦ cannot order a number and a text",
                "{{ 1 in 2 }} ¦ cannot look for something in a number",
                "{% for x in 5 %}{% endfor %} ¦ cannot go over a number",
                "{% for a, b in [[1]] %}{% endfor %} ¦ cannot give 1 values to the 2 names",
                "{{ [1][::0] }} ¦ must not be 0",
                "{{ 'x'|nofilter }} ¦ the filter 'nofilter' is not known",
                "{{ 'x' is notest }} ¦ the test 'notest' (after 'is') is not known",
                "{{ 'x'|trim(1, 2) }} ¦ takes at most 1 arguments",
                "{{ 'x'|indent(size=3) }} ¦ has no argument 'size'",
                "{{ 'x'.split('') }} ¦ empty separator",
                "{{ nothing|tojson }} ¦ tojson cannot write 'nothing'",
                "{{ {[1]: 2} }} ¦ the key of a mapping",
                "{% set x.y = 1 %} ¦ 'x' is no namespace",
                "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }} ¦ takes at most 1 arguments",
                "{{ range(0, 9, 0) }} ¦ must not be 0",
                "{{ strftime_now('%Q') }} ¦ does not know %Q",
                "{{ 5.upper() }} ¦ cannot call 'upper', which is undefined",
            })
    void saysWhatGoesWrongWhileItRenders(String template, String message) {
        assertThatThrownBy(() -> Rendering.text(template, Map.of("a", Map.of())))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesTheLine() {
        assertThatThrownBy(() -> Rendering.text("a\n{% if true %}\n\n{{ x.y }}\n{% endif %}"))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.line()).isEqualTo(4))
                .hasMessageContaining("line 4");
        assertThatThrownBy(() -> ChatTemplate.parse("a\n{#\n\n#}{{ 'x\n' }}\n{% if %}"))
                .hasMessageContaining("line 6");
    }

    @Test
    void tellsARefusalFromAFault() {
        assertThatThrownBy(() -> Rendering.text("{{ raise_exception('no system role') }}"))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.isRaised()).isTrue())
                .hasMessage("the chat template refuses this conversation: no system role");
        assertThatThrownBy(() -> Rendering.text("{{ x.y }}"))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.isRaised()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{% for a in range(9999999) %}{% for b in range(9999999) %}{% endfor %}{% endfor %} ¦ runs too long",
                "{{ range(99999999999)|length }} ¦ longer than",
                "{{ 'x' * 99999999999 }} ¦ longer than",
                "{{ [1] * 99999999999 }} ¦ longer than",
                "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %} ¦ longer than",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }} ¦ nests deeper than",
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l }} ¦ nests deeper than",
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l|tojson }} ¦ nests deeper than",
                "{% set l = [] %}{% set _ = l.append(l) %}{{ l == [[l]] }} ¦ nests deeper than",
                "{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l == n.l }}"
                        + " ¦ runs too long",
                "{% for a in range(999999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %} ¦ longer than",
                "{{ 'x'|indent(99999999999) }} ¦ longer than",
            })
    void stopsATemplateThatWantsTooMuch(String template, String message) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThatThrownBy(() -> Rendering.text(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start))
                .isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"(, )", "[, ]", "-, ''", "not(, )", "1+, 1", "a|f|, f", "a., a", "[0], ''"})
    void refusesToNestWithoutEnd(String open, String close) {
        String source =
                "{{ " + (open.equals("[0]") ? "a" : "") + open.repeat(100_000) + "1" + close.repeat(100_000) + " }}";
        assertThatThrownBy(() -> Rendering.text(source)).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> ChatTemplate.parse("{% if a %}".repeat(50_000)))
                .hasMessageContaining("nests deeper");
    }

    @Test
    void goesThroughALongConversation() {
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", "x".repeat(500)));
        }
        String out = Rendering.text(
                "{% for m in messages %}{{ '<|' ~ m.role ~ '|>' ~ m.content|trim ~ '\\n' }}{% endfor %}",
                Map.of("messages", messages));
        assertThat(out).hasSize(2_500 * (500 + 9) + 2_500 * (500 + 14));
    }

    @Test
    void refusesAValueItCannotShow() {
        assertThatThrownBy(() -> Rendering.text("x", Map.of("a", new StringBuilder())))
                .hasMessageContaining("java.lang.StringBuilder");
    }

    /** Whatever becomes of a template, it is text or a TemplateException, and soon. */
    @Test
    void survivesDamagedTemplates() {
        String[] parts = {
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "if", "for", "x", "in", "endif", "endfor", "set", "=", "(", ")",
                    "[", "]",
            "{", "}", ".", ",", ":", "|", "'", "\"", "\\", "1", "+", "~", "is", "not", "else", "macro", "endmacro",
                    "raw", "endraw",
            "\n", " ", "trim", "loop", "messages", "tojson", "**", "//", "é"
        };
        Map<String, ?> values = Map.of("messages", List.of(Map.of("role", "user", "content", "hi")), "x", 3);
        int rendered = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder source = new StringBuilder(random.nextBoolean() ? "{{ " : "{% ");
            for (int n = random.nextInt(1, 14); n > 0; n--) {
                source.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            source.append(random.nextBoolean() ? " }}" : " %}");
            try {
                Rendering.text(source.toString(), values);
                rendered++;
            } catch (TemplateException e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
        assertThat(rendered).isPositive();
    }
}
