package telos.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import telos.server.FakeModel;
import telos.server.OpenDoors;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    @Test
    void describesEveryRouteAndNoOther() throws Exception {
        try (OpenDoors doors = new OpenDoors(new FakeModel())) {
            Set<String> served = doors.routes().stream()
                    .filter(route -> !route.admin())
                    .map(route -> route.method() + " " + route.path())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(described()).isEqualTo(served);
            assertThat(doors.get("/openapi.json").json()).isEqualTo(OpenApi.description());
        }
    }

    private static Set<String> described() {
        Set<String> described = new TreeSet<>();
        OpenApi.description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return described;
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertReferences(OpenApi.description());
    }

    private static void assertReferences(JsonNode node) {
        if (node.path("$ref").isString()) {
            String reference = node.path("$ref").stringValue();
            assertThat(OpenApi.description().at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        node.forEach(OpenApiTest::assertReferences);
    }
}
