package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import telos.inference.sampling.TokenMask;
import telos.kernel.ToolSpec;

/** Schemas written by hand: the tools', and at least one for each keyword and combination that is understood. */
final class Schemas {
    private static final String LIMIT = ",\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":";
    private static final String PATH = "\"path\":{\"type\":\"string\",\"minLength\":1,\"default\":\".\"}";

    private Schemas() {}

    static final List<ToolSpec> TOOLS = List.of(
            tool(
                    "processes",
                    "\"sort\":{\"type\":\"string\",\"enum\":[\"memory\",\"cpu\"],\"default\":\"memory\"}" + LIMIT
                            + "50,\"default\":5},\"name\":{\"type\":\"string\",\"minLength\":1}"),
            tool("process", "\"pid\":{\"type\":\"integer\",\"minimum\":1}", "pid"),
            tool("memory", ""),
            tool("load", ""),
            tool("disk", "\"path\":{\"type\":\"string\",\"default\":\"/\"}"),
            tool("largest", PATH + LIMIT + "50,\"default\":5}"),
            tool("find", "\"name\":{\"type\":\"string\",\"minLength\":1}," + PATH + LIMIT + "100}", "name"),
            tool("head", PATH + ",\"lines\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "path"),
            tool("tail", PATH + ",\"lines\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}", "path"),
            tool("search", "\"text\":{\"type\":\"string\",\"minLength\":1}," + PATH + LIMIT + "100}", "text"),
            tool("kernel_log", "\"lines\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200}"),
            tool(
                    "sockets",
                    "\"state\":{\"type\":\"string\",\"enum\":[\"listening\",\"connected\",\"all\"]},"
                            + "\"port\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":65535}"),
            tool("agents", ""),
            tool("blocks", ""));

    private static final List<String> OTHERS = List.of(
            "true",
            "{}",
            "{\"title\":\"anything\",\"description\":\"x\",\"x-order\":3}",
            "{\"type\":\"null\"}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"integer\"}",
            "{\"type\":\"integer\",\"minimum\":0}",
            "{\"type\":\"integer\",\"minimum\":-3,\"maximum\":12}",
            "{\"type\":\"integer\",\"maximum\":-100}",
            "{\"type\":\"integer\",\"minimum\":99,\"maximum\":1001}",
            "{\"type\":\"integer\",\"exclusiveMinimum\":9,\"exclusiveMaximum\":11}",
            "{\"type\":\"integer\",\"minimum\":1.5,\"maximum\":2.5}",
            "{\"type\":\"integer\",\"minimum\":123456789012345678}",
            "{\"type\":\"number\"}",
            "{\"type\":\"number\",\"minimum\":0,\"maximum\":2}",
            "{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1}",
            "{\"type\":\"number\",\"minimum\":-0.25,\"exclusiveMaximum\":0.1}",
            "{\"type\":\"number\",\"minimum\":9.99,\"maximum\":1000.5}",
            "{\"type\":\"number\",\"maximum\":-1e3}",
            "{\"type\":\"string\"}",
            "{\"type\":\"string\",\"minLength\":1}",
            "{\"type\":\"string\",\"maxLength\":3}",
            "{\"type\":\"string\",\"minLength\":2,\"maxLength\":5}",
            "{\"type\":\"string\",\"maxLength\":0}",
            "{\"type\":\"string\",\"minLength\":40}",
            "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d{3,5}$\"}",
            "{\"type\":\"string\",\"pattern\":\"fo+\",\"maxLength\":12}",
            "{\"type\":\"string\",\"pattern\":\"^(?:a|aa)*$\",\"minLength\":7,\"maxLength\":9}",
            "{\"type\":\"string\",\"pattern\":\"^(?=.*\\\\d)(?!.*x)\\\\w+$\",\"minLength\":4}",
            "{\"type\":\"string\",\"pattern\":\"\\\\bend\\\\b\"}",
            "{\"type\":\"string\",\"pattern\":\"^[\\\\u4e00-\\\\u9fff]+\\\\s.$\",\"maxLength\":6}",
            "{\"type\":\"string\",\"pattern\":\"^[^\\\"\\\\\\\\]\\\\t?[\\\\n/]$\"}",
            "{\"enum\":[\"red\",\"green\",\"redder\",1,null,true,{\"a\":[1,\"é\"]}]}",
            "{\"type\":\"string\",\"enum\":[\"a\\\"b\",\"a\\\\b\",\"\\n\",\"漢\",3]}",
            "{\"const\":\"fixed\"}",
            "{\"const\":{\"deep\":[null,{\"x\":0.5}]}}",
            "{\"const\":\"a\",\"enum\":[\"a\",\"b\"],\"type\":\"string\"}",
            "{\"type\":[\"string\",\"null\"]}",
            "{\"type\":[\"integer\",\"number\",\"boolean\"],\"minimum\":5,\"maximum\":7}",
            "{\"type\":[\"string\",\"integer\"],\"minLength\":2,\"maximum\":3,\"minimum\":-3}",
            "{\"minLength\":3}",
            "{\"minimum\":3,\"maximum\":4}",
            "{\"type\":\"array\"}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2,\"maxItems\":3}",
            "{\"type\":\"array\",\"maxItems\":0}",
            "{\"type\":\"array\",\"items\":false}",
            "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":1},\"minItems\":1}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":2},\"maxItems\":1,\"uniqueItems\":false}",
            "{\"type\":\"object\"}",
            "{\"type\":\"object\",\"properties\":{}}",
            "{\"type\":\"object\",\"additionalProperties\":false}",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
            "{\"type\":\"object\",\"required\":[\"a\",\"b\"]}",
            "{\"type\":\"object\",\"properties\":{\"a\":true,\"b\":false},\"required\":[\"a\"]}",
            "{\"properties\":{\"a\":{\"type\":\"null\"}}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"null\"},"
                    + "\"c\":{\"type\":\"boolean\"}},\"required\":[\"b\"]}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"null\"},"
                    + "\"c\":{\"type\":\"boolean\"}},\"required\":[\"c\",\"a\"],\"additionalProperties\":false}",
            "{\"type\":\"object\",\"properties\":{\"with \\\"quote\\\"\":{\"const\":1},\"é/~\":{\"const\":2}}}",
            "{\"type\":\"object\",\"properties\":{\"in\":{\"type\":\"object\",\"properties\":{\"deep\":{\"type\":\"array\","
                    + "\"items\":{\"enum\":[1,2]}}},\"required\":[\"deep\"]}},\"required\":[\"in\"]}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1}},\"required\":[\"b\"],\"additionalProperties\":{\"type\":\"null\"}}",
            "{\"anyOf\":[{\"type\":\"string\",\"maxLength\":3},{\"type\":\"integer\"},{\"const\":null}]}",
            "{\"type\":\"integer\",\"anyOf\":[{\"maximum\":-5},{\"minimum\":5}]}",
            "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":10,\"maximum\":20},{\"type\":\"integer\",\"minimum\":15,\"maximum\":150}]}",
            "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\"},{\"type\":\"null\"}]}",
            "{\"oneOf\":[{\"type\":\"integer\",\"maximum\":4},{\"type\":\"integer\",\"minimum\":5}]}",
            "{\"oneOf\":[{\"enum\":[1,2]},{\"enum\":[3,\"1\"]},{\"type\":\"array\"}]}",
            "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"circle\"},\"r\":{\"type\":\"number\"}},"
                    + "\"required\":[\"kind\",\"r\"]},{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"square\"},"
                    + "\"side\":{\"type\":\"integer\"}},\"required\":[\"kind\"]}]}",
            "{\"oneOf\":[{\"type\":\"string\",\"maxLength\":2},{\"type\":\"string\",\"minLength\":4,\"maxLength\":6}]}",
            "{\"$ref\":\"#/$defs/port\",\"$defs\":{\"port\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":65535}}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/definitions/t\"},\"b\":{\"$ref\":\"#/definitions/t\"}},"
                    + "\"definitions\":{\"t\":{\"enum\":[\"x\",\"y\"]}}}",
            "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"integer\"},\"children\":{\"type\":\"array\","
                    + "\"items\":{\"$ref\":\"#\"},\"maxItems\":2}},\"required\":[\"value\"]}",
            "{\"$ref\":\"#/$defs/list\",\"$defs\":{\"list\":{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\","
                    + "\"properties\":{\"head\":{\"type\":\"boolean\"},\"tail\":{\"$ref\":\"#/$defs/list\"}},"
                    + "\"required\":[\"head\",\"tail\"]}]}}}",
            "{\"$ref\":\"#/$defs/e\",\"$defs\":{\"e\":{\"anyOf\":[{\"type\":\"integer\"},{\"$ref\":\"#/$defs/sum\"}]},"
                    + "\"sum\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/e\"},\"minItems\":2,\"maxItems\":3}}}",
            "{\"type\":\"object\",\"properties\":{\"filter\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\","
                    + "\"properties\":{\"not\":{\"type\":\"string\"}},\"required\":[\"not\"],\"additionalProperties\":false}]},"
                    + "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":1},\"minItems\":1}},"
                    + "\"required\":[\"filter\"]}");

    /** One or two for each keyword and combination that takes more than one step. */
    static final List<String> COMBINED = List.of(
            "{\"type\":\"integer\",\"multipleOf\":7,\"minimum\":10,\"maximum\":100}",
            "{\"type\":\"number\",\"multipleOf\":0.25,\"minimum\":-1,\"maximum\":1}",
            "{\"type\":\"integer\",\"multipleOf\":2.5}",
            "{\"type\":\"string\",\"allOf\":[{\"pattern\":\"^[ab]+$\"},{\"pattern\":\"^(?:..)*$\"},{\"pattern\":\"b.b\"}]}",
            "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\",\"not\":{\"pattern\":\"^admin\"}}",
            "{\"enum\":[\"x\",5],\"type\":[\"integer\",\"null\"]}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":{\"type\":\"boolean\"}}",
            "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"number\"},\"y\":{\"type\":\"number\"}},\"required\":[\"x\",\"y\"],\"additionalProperties\":{\"type\":\"object\",\"properties\":{\"k\":{\"type\":\"string\"}},\"required\":[\"k\"],\"additionalProperties\":false}}",
            "{\"type\":\"object\",\"minProperties\":1,\"additionalProperties\":{\"type\":\"integer\"}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"},\"c\":{\"type\":\"integer\"},\"d\":{\"type\":\"integer\"}},\"required\":[\"d\"],\"minProperties\":2,\"maxProperties\":3,\"additionalProperties\":false}",
            "{\"type\":\"object\",\"properties\":{\"k0\":{\"type\":\"integer\"},\"k1\":{\"type\":\"integer\"},\"k2\":{\"type\":\"integer\"},\"k3\":{\"type\":\"integer\"},\"k4\":{\"type\":\"integer\"},\"k5\":{\"type\":\"integer\"},\"k6\":{\"type\":\"integer\"},\"k7\":{\"type\":\"integer\"},\"k8\":{\"type\":\"integer\"},\"k9\":{\"type\":\"integer\"},\"k10\":{\"type\":\"integer\"},\"k11\":{\"type\":\"integer\"}},\"minProperties\":10,\"additionalProperties\":false}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"patternProperties\":{\"^s_\":{\"type\":\"string\"},\"^n_\":{\"type\":\"number\"}},\"additionalProperties\":false}",
            "{\"type\":\"object\",\"patternProperties\":{\"^[ab]$\":{\"type\":\"integer\"}},\"additionalProperties\":false,\"minProperties\":2}",
            "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":2},\"minProperties\":3,\"additionalProperties\":{\"type\":\"boolean\"}}",
            "{\"type\":\"object\",\"propertyNames\":{\"anyOf\":[{\"pattern\":\"^a\"},{\"pattern\":\"z$\"}]},\"additionalProperties\":{\"type\":\"boolean\"},\"minProperties\":1}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"},\"c\":{\"type\":\"integer\"}},\"dependentRequired\":{\"a\":[\"b\"],\"b\":[\"c\"]}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"dependentSchemas\":{\"a\":{\"properties\":{\"b\":{\"minimum\":10}},\"required\":[\"b\"]}}}",
            "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"boolean\"},\"minItems\":3}",
            "{\"type\":\"array\",\"items\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
            "{\"type\":\"array\",\"items\":{\"enum\":[1,2,3]},\"contains\":{\"const\":2},\"minContains\":2,\"maxContains\":3,\"minItems\":4,\"maxItems\":8}",
            "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"integer\"]},\"contains\":{\"type\":\"integer\"},\"maxContains\":2,\"minItems\":3,\"maxItems\":6}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[ab]{1,2}$\"},\"uniqueItems\":true,\"minItems\":4}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10},\"uniqueItems\":true,\"minItems\":3,\"maxItems\":6}",
            "{\"type\":\"array\",\"items\":{\"type\":[\"boolean\",\"null\"]},\"uniqueItems\":true,\"minItems\":3}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}",
            "{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"number\"}]}",
            "{\"type\":\"integer\",\"oneOf\":[{\"multipleOf\":3},{\"multipleOf\":5}]}",
            "{\"oneOf\":[{\"type\":\"string\",\"pattern\":\"^a\"},{\"type\":\"string\",\"pattern\":\"z$\"}]}",
            "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],\"additionalProperties\":false},{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"integer\"}},\"required\":[\"b\"],\"additionalProperties\":false}]}",
            "{\"oneOf\":[{\"enum\":[1,2,3]},{\"enum\":[3,4]}]}",
            "{\"allOf\":[{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},{\"minItems\":2},{\"items\":{\"minimum\":0}}]}",
            "{\"allOf\":[{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"}]},{\"type\":\"array\",\"items\":{\"type\":[\"integer\"],\"minimum\":5},\"minItems\":2}]}",
            "{\"type\":\"integer\",\"not\":{\"const\":5},\"minimum\":4,\"maximum\":6}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},\"not\":{\"required\":[\"a\",\"b\"]}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"maxItems\":4,\"not\":{\"contains\":{\"minimum\":5}}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"maxItems\":4,\"not\":{\"items\":{\"minimum\":0}}}",
            "{\"type\":\"object\",\"properties\":{\"kind\":{\"enum\":[\"a\",\"b\"]},\"x\":{\"type\":\"integer\"},\"y\":{\"type\":\"string\"}},\"required\":[\"kind\"],\"if\":{\"properties\":{\"kind\":{\"const\":\"a\"}}},\"then\":{\"required\":[\"x\"]},\"else\":{\"required\":[\"y\"]}}",
            "{\"type\":\"string\",\"if\":{\"maxLength\":2},\"else\":{\"pattern\":\"^long\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"if\":{\"minItems\":3},\"then\":{\"items\":{\"minimum\":0}},\"maxItems\":5}",
            "{\"$ref\":\"#named\",\"$defs\":{\"n\":{\"$anchor\":\"named\",\"type\":\"boolean\"}}}",
            "{\"$id\":\"https://example.org/s\",\"$ref\":\"other\",\"$defs\":{\"o\":{\"$id\":\"other\",\"type\":\"null\"}}}",
            "{\"$ref\":\"#/$defs/e\",\"$defs\":{\"e\":{\"anyOf\":[{\"type\":\"integer\"},{\"$ref\":\"#/$defs/sum\"},{\"$ref\":\"#/$defs/neg\"}]},\"sum\":{\"type\":\"object\",\"properties\":{\"op\":{\"const\":\"+\"},\"args\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/e\"},\"minItems\":2,\"maxItems\":3}},\"required\":[\"op\",\"args\"],\"additionalProperties\":false},\"neg\":{\"type\":\"object\",\"properties\":{\"op\":{\"const\":\"-\"},\"arg\":{\"$ref\":\"#/$defs/e\"}},\"required\":[\"op\",\"arg\"],\"additionalProperties\":false}}}",
            "{\"allOf\":[{\"$ref\":\"#/$defs/node\"},{\"required\":[\"tag\"]}],\"$defs\":{\"node\":{\"type\":\"object\",\"properties\":{\"tag\":{\"type\":\"string\",\"maxLength\":4},\"kids\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/node\"},\"maxItems\":3}}}}}",
            "{\"type\":\"object\",\"patternProperties\":{\"^[a-z]$\":{\"$ref\":\"#\"}},\"additionalProperties\":false}",
            "{\"type\":\"object\",\"properties\":{\"k\":{\"type\":\"string\"}},\"required\":[\"k\"],\"anyOf\":[{\"properties\":{\"m\":{\"type\":\"integer\"}},\"required\":[\"m\"]},{\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}],\"unevaluatedProperties\":false}",
            "{\"type\":\"object\",\"properties\":{\"action\":{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"type\":{\"const\":\"click\"},\"x\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1920},\"y\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1080}},\"required\":[\"type\",\"x\",\"y\"],\"additionalProperties\":false},{\"type\":\"object\",\"properties\":{\"type\":{\"const\":\"type\"},\"text\":{\"type\":\"string\"}},\"required\":[\"type\",\"text\"],\"additionalProperties\":false},{\"type\":\"object\",\"properties\":{\"type\":{\"const\":\"wait\"},\"seconds\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":60}},\"required\":[\"type\",\"seconds\"],\"additionalProperties\":false}]}},\"required\":[\"action\"],\"additionalProperties\":false}");

    static Stream<String> all() {
        return Stream.concat(TOOLS.stream().map(ToolSpec::parameters), OTHERS.stream());
    }

    private static ToolSpec tool(String name, String properties, String... required) {
        String needed = required.length == 0 ? "" : ",\"required\":[\"" + String.join("\",\"", required) + "\"]";
        return new ToolSpec(
                name,
                "Does something.",
                "{\"type\":\"object\",\"properties\":{" + properties + "}" + needed
                        + ",\"additionalProperties\":false}");
    }

    /** The tokens of a mask. */
    static List<Integer> tokens(TokenMask mask) {
        List<Integer> tokens = new ArrayList<>();
        mask.forEach(tokens::add);
        return tokens;
    }
}
