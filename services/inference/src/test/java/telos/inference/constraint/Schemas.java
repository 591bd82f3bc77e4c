package telos.inference.constraint;

import java.util.List;
import java.util.stream.Stream;
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
}
