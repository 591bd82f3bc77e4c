package telos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import telos.kernel.ToolSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CatalogueTest {
    @Test
    void namesTheToolsInTheirFixedOrder() {
        assertThat(Catalogue.specs())
                .extracting(ToolSpec::name)
                .containsExactly(
                        "processes",
                        "process",
                        "memory",
                        "load",
                        "disk",
                        "largest",
                        "find",
                        "head",
                        "tail",
                        "search",
                        "kernel_log",
                        "sockets",
                        "agents",
                        "blocks");
    }

    @Test
    void writesAClosedSchemaWithBoundsAndDefaults() {
        JsonNode schema = schema("processes");
        assertThat(schema.get("properties").propertyNames()).containsExactly("sort", "limit", "name");
        assertThat(schema.at("/properties/sort/enum").toString()).isEqualTo("[\"memory\",\"cpu\"]");
        assertThat(schema.at("/properties/limit/maximum").intValue()).isEqualTo(50);
        assertThat(schema.at("/properties/limit/default").intValue()).isEqualTo(5);
        assertThat(schema("head").get("required").toString()).isEqualTo("[\"path\"]");
        for (ToolSpec spec : Catalogue.specs()) {
            assertThat(schema(spec.name()).get("additionalProperties").booleanValue())
                    .isFalse();
            assertThat(spec.description()).endsWith(".");
        }
    }

    @Test
    void acceptsEveryDefaultItDeclares() {
        for (Definition tool : Catalogue.TOOLS) {
            if (tool.parameters().stream().noneMatch(Parameter::required)) {
                String filled = Catalogue.normalise(tool.name(), "{}").orElseThrow();
                assertThat(Catalogue.normalise(tool.name(), filled)).contains(filled);
            }
        }
    }

    private static JsonNode schema(String tool) {
        ToolSpec spec = Catalogue.tool(tool).orElseThrow().spec();
        return JsonMapper.shared().readTree(spec.parameters());
    }
}
