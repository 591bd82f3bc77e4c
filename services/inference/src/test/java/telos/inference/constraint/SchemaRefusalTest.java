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
                "pattern | {'type':'string','pattern':'(a'}",
                "pattern | {'type':'string','pattern':'(a)\\\\1'}",
                "pattern | {'type':'string','pattern':'(?<=a)b'}",
                "pattern | {'type':'string','pattern':'(x{1000}){1000}'}",
                "pattern | {'type':'string','pattern':'[ab]*a[ab]{30}$'}",
                "pattern | {'type':'string','pattern':3}",
                "format | {'type':'string','format':'shoe-size'}",
                "schema | {'type':'string','pattern':'^a$','minLength':2}",
                "multipleOf | {'type':'integer','multipleOf':0}",
                "multipleOf | {'type':'number','multipleOf':1e-12}",
                "uniqueItems | {'type':'array','uniqueItems':true}",
                "uniqueItems | {'type':'array','uniqueItems':true,'items':{'type':'object'}}",
                "uniqueItems | {'type':'array','uniqueItems':1}",
                "contains | {'allOf':[{'contains':{'const':1}},{'contains':{'const':2}}],'type':'array'}",
                "nullable | {'type':'string','nullable':true}",
                "typo | {'typo':1}",
                "$dynamicRef | {'$dynamicRef':'#x'}",
                "unevaluatedProperties | {'type':'object','unevaluatedProperties':{'type':'null'}}",
                "unevaluatedProperties | {'allOf':[{'type':'object','unevaluatedProperties':false}]}",
                "patternProperties | {'type':'object','not':{'patternProperties':{'a':false}}}",
                "additionalProperties | {'type':'object','not':{'additionalProperties':false}}",
                "format | {'type':'string','not':{'format':'date'}}",
                "not | {'type':'object','not':{'const':{'a':1}}}",
                "type | {'type':'text'}",
                "type | {'type':[]}",
                "type | {'type':3}",
                "enum | {'enum':3}",
                "enum | {'enum':['\\ud800']}",
                "properties | {'properties':[]}",
                "required | {'type':'object','required':'a'}",
                "minLength | {'type':'string','minLength':-1}",
                "minLength | {'type':'string','minLength':1.5}",
                "minLength | {'type':'string','minLength':5000}",
                "minLength | {'type':'string','minLength':4000,'pattern':'^[ab]*a[ab]{9}$'}",
                "maxItems | {'type':'array','maxItems':'x'}",
                "minimum | {'type':'integer','minimum':'x'}",
                "minimum | {'type':'integer','minimum':1e999999999}",
                "exclusiveMinimum | {'type':'integer','exclusiveMinimum':true}",
                "$ref | {'$ref':'#/$defs/none'}",
                "$ref | {'$ref':'#nowhere'}",
                "$ref | {'$ref':3}",
                "$ref | {'$ref':'https://example.org/schema'}",
                "anyOf | {'anyOf':[]}",
                "allOf | {'allOf':{}}",
                "schema | {'not':{}}",
                "schema | {'enum':['a'],'minLength':2}",
                "schema | {'type':'object','properties':{},'required':['a'],'additionalProperties':false}",
                "schema | {'type':'string','anyOf':[{'type':'integer'}]}",
                "schema | {'allOf':[{'type':'string'},{'type':'integer'}]}",
                "schema | {'oneOf':[true,true]}",
                "schema | {'type':'string','format':'date','pattern':'x'}",
                "schema | {'type':'array','contains':{'type':'null'},'items':{'type':'string'}}",
                "schema | {'type':'object','minProperties':2,'propertyNames':{'const':'a'}}",
                "schema | {'type':'array','uniqueItems':true,'items':{'type':'boolean'},'minItems':3}",
                "schema | false",
                "schema | 3",
                "schema | {'type':",
                "schema | {'type':'string','type':'string'}",
                "schema | {'type':'string'} x",
                "schema | {'enum':[]}",
                "schema | {'type':'integer','minimum':5,'maximum':4}",
                "schema | {'type':'integer','minimum':1.2,'maximum':1.8}",
                "schema | {'type':'integer','minimum':5,'maximum':8,'multipleOf':10}",
                "schema | {'type':'string','minLength':5,'maxLength':4}",
                "$ref | {'$ref':'#'}",
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
                "{\"type\":\"object\",\"properties\":{\"a/b\":{\"type\":\"array\",\"items\":{\"pattern\":\"(\"}}}}";
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
    void refusesAlternativesThatMultiply() {
        String either = "{\"anyOf\":[{\"minLength\":1},{\"minLength\":2},{\"maxLength\":9}]}";
        String schema = "{\"allOf\":[" + (either + ",").repeat(30) + either + "]}";
        assertThat(JsonSchemaConstraint.compile(schema, VOCABULARY.trie(), SchemaOptions.standard()))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.why()).contains("multiply"));
    }

    @Test
    void followsAWebOfReferencesWithoutUnrolling() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 11; i++) {
            String next = "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":" + i + "}},";
            schema.append("\"d").append(i).append("\":{\"anyOf\":[").append(next.repeat(100));
            schema.append("{\"$ref\":\"#/$defs/d").append((i + 1) % 11).append("\"}]},");
        }
        schema.append("\"end\":{}}}");
        assertThat(JsonSchemaConstraint.compile(schema.toString(), VOCABULARY.trie(), SchemaOptions.standard()))
                .isInstanceOf(Compilation.Compiled.class);
    }

    @Test
    void refusesALongChainOfNestedReferences() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 3000; i++) {
            schema.append("\"d").append(i).append("\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/d");
            schema.append(i + 1).append("\"}},");
        }
        schema.append("\"d3000\":{}}}");
        assertThat(JsonSchemaConstraint.compile(schema.toString(), VOCABULARY.trie(), SchemaOptions.standard()))
                .isInstanceOf(Unsupported.class);
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
