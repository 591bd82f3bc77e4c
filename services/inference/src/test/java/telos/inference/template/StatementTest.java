package telos.inference.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final Map<String, ?> VALUES = Map.of("l", List.of("a", "b", "c"));

    private static String render(String template) {
        return Rendering.text(template, VALUES);
    }

    @Test
    void dropsTheNewlineAfterABlockAndTheSpaceBeforeOneAloneOnItsLine() {
        assertThat(render("x\n  {% if true %}\n  y\n  {% endif %}\nz")).isEqualTo("x\n  y\nz");
        assertThat(render("x  {% if true %}  y  {% endif %}  z")).isEqualTo("x    y    z");
        assertThat(render("  {# note #}\nx")).isEqualTo("x");
        assertThat(render("{{ 1 }}\n{{ 2 }}\n\n")).isEqualTo("1\n2\n");
        assertThat(render("  {{ 1 }}  {% if true %}y{% endif %}")).isEqualTo("  1  y");
    }

    @Test
    void stripsAllWhiteSpaceOnTheSideOfAMinusAndNoneOnTheSideOfAPlus() {
        assertThat(render("x \n {%- if true -%} \n y \n {%- endif -%} \n z")).isEqualTo("xyz");
        assertThat(render("x \n {{- 1 -}} \n z")).isEqualTo("x1z");
        assertThat(render("x \n {#- c -#} \n z")).isEqualTo("xz");
        assertThat(render("x\n  {%+ if true %}y{% endif +%}\nz")).isEqualTo("x\n  y\nz");
    }

    @Test
    void takesCarriageReturnsAsNewlines() {
        assertThat(render("{% if true %}\r\nx\r\ny{% endif %}\r\n")).isEqualTo("x\ny");
    }

    @Test
    void leavesBracesThatAreNoTagsAlone() {
        assertThat(render("{ {a} } }} %} #}")).isEqualTo("{ {a} } }} %} #}");
        assertThat(render("{{ {'a': {'b': 1}}['a'] }}")).isEqualTo("{'b': 1}");
        assertThat(render("{{ '}}' ~ \"%}\" }}")).isEqualTo("}}%}");
    }

    @Test
    void keepsRawTextAsItIs() {
        assertThat(render("{% raw %}{{ x }}{% if %}{# #}{% endraw %}!")).isEqualTo("{{ x }}{% if %}{# #}!");
        assertThat(render("a {%- raw -%}  {{ x }}  {%- endraw -%}  b")).isEqualTo("a{{ x }}b");
    }

    @Test
    void tellsALoopWhereItIs() {
        assertThat(render("{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}"
                        + "{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }}"
                        + "{{ loop.cycle('o', 'e') }} {% endfor %}"))
                .isEqualTo("1032TrueFalse3bo 2121FalseFalse3ace 3210FalseTrue3bo ");
    }

    @Test
    void countsOnlyWhatTheLoopsConditionLetsThrough() {
        assertThat(render("{% for x in l if x != 'b' %}{{ loop.index }}/{{ loop.length }}{{ x }} {% endfor %}"))
                .isEqualTo("1/2a 2/2c ");
    }

    @Test
    void goesOverMappingsAndPairs() {
        assertThat(render("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}"))
                .isEqualTo("a=1;b=2;");
        assertThat(render("{% for k in {'a': 1} %}{{ k }}{% endfor %}{% for c in 'x😀' %}[{{ c }}]{% endfor %}"))
                .isEqualTo("a[x][😀]");
        assertThat(render("{% for (a, b) in [(1, 2), [3, 4]] %}{{ a + b }} {% endfor %}"))
                .isEqualTo("3 7 ");
    }

    @Test
    void rendersTheElseOfALoopThatHadNothing() {
        assertThat(render("{% for x in [] %}x{% else %}none{% endfor %}{% for x in nothing %}x{% else %}!{% endfor %}"))
                .isEqualTo("none!");
    }

    @Test
    void forgetsWhatALoopSetsUnlessItIsInANamespace() {
        assertThat(render("{% set x = 0 %}{% set n = namespace(x=0) %}{% for i in l %}{% set x = x + 1 %}"
                        + "{% set n.x = n.x + 1 %}{{ x }}{% endfor %}{{ x }}{{ n.x }}"))
                .isEqualTo("11103");
    }

    @Test
    void remembersWhatAnIfSets() {
        assertThat(render("{% if true %}{% set x = 1 %}{% endif %}{{ x }}")).isEqualTo("1");
    }

    @Test
    void setsSeveralNamesAndWholeBlocks() {
        assertThat(render("{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set c %}<{{ a }}>{% endset %}{{ c }}"))
                .isEqualTo("12<1>");
    }

    @Test
    void leavesALoopAndSkipsRounds() {
        assertThat(render("{% for x in l %}{% if x == 'b' %}{% continue %}{% endif %}{{ x }}{% endfor %}"))
                .isEqualTo("ac");
        assertThat(render("{% for x in l %}{% for y in l %}{% if y == 'b' %}{% break %}{% endif %}{{ x ~ y }} "
                        + "{% endfor %}{% endfor %}"))
                .isEqualTo("aa ba ca ");
    }

    @Test
    void callsMacrosWithDefaultsAndNames() {
        String macro = "{% macro m(a, b='B', c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}";
        assertThat(render(macro + "{{ m(1) }} {{ m(1, 2) }} {{ m(a=1, c=3) }} {{ m(1)|lower }}"))
                .isEqualTo("1B1 121 1B3 1b1");
    }

    @Test
    void letsMacrosCallThemselves() {
        assertThat(
                        render(
                                "{% macro down(n) %}{{ n }}{% if n > 0 %}{{ down(n - 1) }}{% endif %}{% endmacro %}{{ down(3) }}"))
                .isEqualTo("3210");
    }

    @Test
    void passesGenerationBlocksThrough() {
        assertThat(render("a{% generation %}b{% endgeneration %}c")).isEqualTo("abc");
    }

    @Test
    void readsEscapesInStrings() {
        assertThat(render("{{ '\\n\\t\\x41\\u00e9\\'\\\"\\\\\\d' }}")).isEqualTo("\n\tAé'\"\\\\d");
    }
}
