package telos.inference.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Map<String, Object> VALUES = Map.of(
            "name", "Ada Lovelace",
            "emoji", "a😀b",
            "n", 7,
            "list", List.of(3, 1, 2, 3),
            "words", List.of("pear", "Apple", "fig"),
            "map", Map.of("key", "value"),
            "people", List.of(Map.of("name", "Ann", "age", 30), Map.of("name", "Bob", "age", 20, "admin", true)),
            "items", Arrays.asList("x", null));

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 ¦ 7",
                "(1 + 2) * 3 ¦ 9",
                "7 // 2 ~ 7 % 3 ~ -7 // 2 ~ -7 % 3 ¦ 31-42",
                "7 / 2 ¦ 3.5",
                "6 / 2 ¦ 3.0",
                "2 ** 10 ¦ 1024",
                "-3 | abs ¦ 3",
                "-(3 | abs) ¦ -3",
                "1 < 2 < 3 ¦ True",
                "1 < 2 > 3 ¦ False",
                "not 1 == 2 ¦ True",
                "not true and false ¦ False",
                "1 or 2 ¦ 1",
                "0 or 'x' ¦ x",
                "1 and 2 ¦ 2",
                "'a' in 'cat' ¦ True",
                "'a' not in ['b'] ¦ True",
                "'key' in map ¦ True",
                "1 == 1.0 ¦ True",
                "true == 1 ¦ True",
                "'1' == 1 ¦ False",
                "[1, [2]] == [1, [2]] ¦ True",
                "'yes' if n > 5 else 'no' ¦ yes",
                "'a' if false ¦ ``",
                "'a' 'b' ¦ ab",
                "'ab' * 3 ¦ ababab",
                "[1] + [2] ¦ [1, 2]",
                "name[0] ~ name[-1] ¦ Ae",
                "name[:3] ¦ Ada",
                "name[::-1] ¦ ecalevoL adA",
                "name[1:6:2] ¦ d o",
                "list[::2] ¦ [3, 2]",
                "list[::-1] ¦ [3, 2, 1, 3]",
                "list[-2:] ¦ [2, 3]",
                "list[10:] ¦ []",
                "list[5:1:-1] ¦ [3, 2]",
                "emoji[1] ~ emoji|length ¦ 😀3",
                "emoji|reverse ¦ b😀a",
                "map.key ~ map['key'] ~ map.get('key') ~ map.get('no', 5) ¦ valuevaluevalue5",
                "map.nothing is defined ¦ False",
                "map.nothing ¦ ``",
                "nothing ¦ ``",
                "nothing|default('d') ~ ''|d('e') ~ ''|d('f', true) ¦ df",
                "none is none ~ nothing is undefined ¦ TrueTrue",
                "[1, 'a', none, true, 1.5, {'k': \"it's\"}] ¦ `[1, 'a', None, True, 1.5, {'k': \"it's\"}]`",
                "{'a': 1, 'b': [2]}|tojson ¦ {\"a\": 1, \"b\": [2]}",
                "'\\u00e9\"\\\\/<\\n'|tojson ¦ \"é\\\"\\\\/<\\n\"",
                "'é😀'|tojson(ensure_ascii=true) ¦ \"\\u00e9\\ud83d\\ude00\"",
                "{'b': 1, 'a': 2}|tojson(sort_keys=true) ¦ {\"a\": 2, \"b\": 1}",
                "[1.0, 1e20, 1e-7, 0.1, 100.25]|tojson ¦ [1.0, 1e+20, 1e-07, 0.1, 100.25]",
                "[]|tojson(indent=2) ~ {}|tojson(indent=2) ¦ []{}",
                "' x '|trim ~ '.' ¦ x.",
                "'xxaxx'.strip('x') ~ 'xxaxx'.lstrip('x') ~ 'xxaxx'.rstrip('x') ¦ aaxxxxa",
                "name.startswith('Ada') ~ name.endswith(('x', 'lace')) ¦ TrueTrue",
                "name.split() ¦ ['Ada', 'Lovelace']",
                "'a,b,,c'.split(',') ¦ ['a', 'b', '', 'c']",
                "'a,b,c'.split(',', 1) ¦ ['a', 'b,c']",
                "' a  b c '.split(none, 1) ¦ ['a', 'b c']",
                "name.upper() ~ name|lower ¦ ADA LOVELACEada lovelace",
                "'hello wORLD'|title ~ 'hELLO'|capitalize ¦ Hello WorldHello",
                "'a-b-c'.replace('-', '+', 1) ~ 'a-b'|replace('-', '') ¦ a+b-cab",
                "'banana'.find('nan') ~ 'banana'.find('x') ~ 'banana'.count('an') ¦ 2-12",
                "', '.join(['a', 'b']) ~ ['a', 1]|join('-') ¦ a, ba-1",
                "people|map(attribute='name')|join(' ') ¦ Ann Bob",
                "people|map(attribute='admin', default=false)|list ¦ [False, True]",
                "words|map('upper')|list ¦ ['PEAR', 'APPLE', 'FIG']",
                "words|map('replace', 'p', 'b')|first ¦ bear",
                "people|selectattr('age', 'gt', 25)|map(attribute='name')|list ¦ ['Ann']",
                "people|selectattr('admin')|list|length ¦ 1",
                "people|rejectattr('name', 'equalto', 'Ann')|map(attribute='age')|first ¦ 20",
                "list|select('odd')|list ~ list|reject('eq', 3)|list ¦ [3, 1, 3][1, 2]",
                "items|select|list ¦ ['x']",
                "list|sort ~ list|sort(reverse=true) ~ words|sort ¦ [1, 2, 3, 3][3, 3, 2, 1]['Apple', 'fig', 'pear']",
                "people|sort(attribute='age')|map(attribute='name')|list ¦ ['Bob', 'Ann']",
                "list|unique|list ~ ['a', 'A']|unique|list ¦ [3, 1, 2]['a']",
                "{'b': 1, 'a': 2}|dictsort ¦ [['a', 2], ['b', 1]]",
                "{'b': 1, 'a': 2}|dictsort(by='value', reverse=true)|first ¦ ['a', 2]",
                "{'b': 1}|items|list ~ {'b': 1}.items() ~ {'b': 1}.keys()|list ~ {'b': 1}.values()|list"
                        + " ¦ [['b', 1]][['b', 1]]['b'][1]",
                "list|first ~ list|last ~ []|first ¦ 33",
                "'42'|int + '3.9'|int + 'x'|int(5) + 2.7|int ¦ 52",
                "'1.5'|float + 1 ¦ 2.5",
                "2.5|round ~ 3.5|round ~ 2.345|round(2) ~ 2.1|round(method='ceil') ¦ 2.04.02.353.0",
                "range(3)|list ~ range(1, 7, 3)|list ~ range(3, 0, -1)|list ¦ [0, 1, 2][1, 4][3, 2, 1]",
                "dict(a=1).a ¦ 1",
                "n is number ~ n is string ~ name is string ~ n is odd ~ n is even ¦ TrueFalseTrueTrueFalse",
                "map is mapping ~ list is sequence ~ name is iterable ~ n is iterable ¦ TrueTrueTrueFalse",
                "true is boolean ~ 1 is boolean ~ false is false ~ 0 is false ¦ TrueFalseTrueFalse",
                "n is in [7] ~ n is eq 7 ~ n is not none ~ n is divisibleby 7 ¦ TrueTrueTrueTrue",
                "1.5 is float ~ 1 is integer ~ true is integer ¦ TrueTrueFalse",
                "'é'|upper ~ 'ab'|length ¦ É2",
                "'%s'|safe|string ¦ %s",
                "1_000 ¦ 1000",
                "n == 7 and name != '' ¦ True",
                "(1, 2)[1] ¦ 2",
                "'A' ~ 1 ~ none ~ true ¦ A1NoneTrue",
                "'ab'.isdigit() ~ '12'.isdigit() ~ 'a\\nb'.splitlines()|length ¦ FalseTrue2",
                "'prefix-x'.removeprefix('prefix-') ~ 'x.py'.removesuffix('.py') ¦ xx",
                "strftime_now('%d %b %Y, %H:%M %A %-d %p') ¦ 07 Mar 2026, 15:04 Saturday 7 PM",
            })
    void evaluatesAsPythonDoes(String expression, String expected) {
        assertThat(Rendering.text("{{ " + expression + " }}", VALUES)).isEqualTo(expected);
    }

    @Test
    void indentsAllLinesButTheFirstAndTheEmptyOnes() {
        Map<String, String> values = Map.of("t", "a\n\nb");
        assertThat(Rendering.text("{{ t|indent }}", values)).isEqualTo("a\n\n    b");
        assertThat(Rendering.text("{{ t|indent(2, first=true, blank=true) }}", values))
                .isEqualTo("  a\n  \n  b");
        assertThat(Rendering.text("{{ t|indent('> ') }}", values)).isEqualTo("a\n\n> b");
    }

    @Test
    void writesJsonOverSeveralLines() {
        assertThat(Rendering.text("{{ {'a': [1, {}], 'b': {'c': none}}|tojson(indent=2) }}"))
                .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\": null\n  }\n}");
    }

    @Test
    void prefersAMethodAfterADotAndAnEntryInBrackets() {
        Map<String, ?> values = Map.of("m", Map.of("items", "entry"));
        assertThat(Rendering.text("{{ m['items'] }}{{ m.items()|length }}", values))
                .isEqualTo("entry1");
    }

    @Test
    void appendsToAList() {
        assertThat(Rendering.text(
                        "{% set l = [] %}{% for i in range(3) %}{% set _ = l.append(i) %}{% endfor %}{{ l }}"))
                .isEqualTo("[0, 1, 2]");
    }
}
