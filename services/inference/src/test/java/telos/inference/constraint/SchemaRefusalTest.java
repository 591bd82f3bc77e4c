package telos.inference.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.inference.constraint.Compilation.Unsupported;

class SchemaRefusalTest {
    private static final Vocabularies VOCABULARY = Vocabularies.bytes();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pattern | {'type':'string','pattern':'a+'}",
                "format | {'type':'string','format':'date'}",
                "multipleOf | {'type':'integer','multipleOf':3}",
                "not | {'not':{}}",
                "allOf | {'allOf':[{}]}",
                "if | {'if':{},'then':{}}",
                "patternProperties | {'type':'object','patternProperties':{}}",
                "prefixItems | {'type':'array','prefixItems':[]}",
                "uniqueItems | {'type':'array','uniqueItems':true}",
                "nullable | {'type':'string','nullable':true}",
                "typo | {'typo':1}",
                "type | {'type':'text'}",
                "type | {'type':[]}",
                "type | {'type':3}",
                "enum | {'enum':3}",
                "enum | {'enum':['\\ud800']}",
                "minLength | {'enum':['a'],'minLength':2}",
                "properties | {'properties':[]}",
                "required | {'type':'object','required':'a'}",
                "required | {'type':'object','properties':{},'required':['a'],'additionalProperties':false}",
                "minLength | {'type':'string','minLength':-1}",
                "minLength | {'type':'string','minLength':1.5}",
                "minLength | {'type':'string','minLength':5000}",
                "maxItems | {'type':'array','maxItems':'x'}",
                "minimum | {'type':'integer','minimum':'x'}",
                "minimum | {'type':'integer','minimum':1e999999999}",
                "exclusiveMinimum | {'type':'integer','exclusiveMinimum':true}",
                "$ref | {'$ref':'#/$defs/none'}",
                "$ref | {'$ref':'https://example.org/schema'}",
                "type | {'$ref':'#/$defs/a','type':'string','$defs':{'a':{}}}",
                "properties | {'anyOf':[{}],'properties':{}}",
                "anyOf | {'anyOf':[]}",
                "oneOf | {'oneOf':[{'type':'integer'},{'type':'number'}]}",
                "oneOf | {'oneOf':[{'type':'string'},{'const':'a'}]}",
                "oneOf | {'oneOf':[{'type':'string'},{'minimum':3}]}",
                "oneOf | {'oneOf':[{'enum':[1]},{'enum':[1.0]}]}",
                "oneOf | {'oneOf':[{'type':'object','properties':{'a':{}}},{'type':'object','properties':{'b':{}}}]}",
                "type | {'type':'string','anyOf':[{'type':'integer'}]}",
                "schema | false",
                "schema | 3",
                "schema | {'type':",
                "schema | {'type':'string','type':'string'}",
                "schema | {'type':'string'} x",
                "schema | {'enum':[]}",
                "schema | {'type':'integer','minimum':5,'maximum':4}",
                "schema | {'type':'integer','minimum':1.2,'maximum':1.8}",
                "schema | {'type':'string','minLength':5,'maxLength':4}",
                "schema | {'$ref':'#'}",
                "schema | {'type':'object','properties':{'a':{'$ref':'#'}},'required':['a']}"
            })
    void refusesByName(String keyword, String schema) {
        Compilation compilation =
                JsonSchemaConstraint.compile(schema.replace('\'', '"'), VOCABULARY.trie(), SchemaOptions.standard());
        assertThat(compilation).isInstanceOfSatisfying(Unsupported.class, unsupported -> {
            assertThat(unsupported.keyword()).as(unsupported.message()).isEqualTo(keyword);
            assertThat(unsupported.message()).doesNotContain("Exception");
        });
    }

    @Test
    void saysWhere() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a/b\":{\"type\":\"array\",\"items\":{\"pattern\":\"x\"}}}}";
        assertThat(JsonSchemaConstraint.compile(schema, VOCABULARY.trie(), SchemaOptions.standard()))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.where()).isEqualTo("#/properties/a~1b/items"));
    }

    @Test
    void refusesDeepAndLongSchemas() {
        String deep = "{\"items\":".repeat(40) + "{}" + "}".repeat(40);
        String deeper = "[".repeat(5000) + "]".repeat(5000);
        String huge = "{\"description\":\"" + "x".repeat(1 << 18) + "\"}";
        for (String schema : List.of(deep, deeper, huge)) {
            assertThat(JsonSchemaConstraint.compile(schema, VOCABULARY.trie(), SchemaOptions.standard()))
                    .isInstanceOf(Unsupported.class);
        }
    }

    @Test
    void refusesSchemasThatGrowWithoutMeasure() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 11; i++) {
            String next = "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":" + i + "}},";
            schema.append("\"d").append(i).append("\":{\"anyOf\":[").append(next.repeat(100));
            schema.append("{\"$ref\":\"#/$defs/d").append((i + 1) % 11).append("\"}]},");
        }
        schema.append("\"end\":{}}}");
        assertThat(JsonSchemaConstraint.compile(schema.toString(), VOCABULARY.trie(), SchemaOptions.standard()))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.why()).contains("too many parts"));
    }

    @Test
    void refusesAVocabularyThatCannotSpell() {
        TokenTrie trie = TokenTrie.of(List.of(new byte[] {'a'}, new byte[] {'b', 'c'}), Set.of(), Set.of());
        assertThat(JsonSchemaConstraint.compile("{}", trie, SchemaOptions.standard()))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.keyword()).isEqualTo("vocabulary"));
    }
}
