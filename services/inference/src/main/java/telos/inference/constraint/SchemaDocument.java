package telos.inference.constraint;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON Schema as it was written, and where its references lead. Nothing outside of it is ever read. */
final class SchemaDocument {
    private static final int LONGEST_CHAIN = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A schema within the document: an object, true or false. Compared by identity; one for each place. */
    record Scheme(JsonNode node, String where, int number) {
        boolean always() {
            return node.isBoolean() && node.booleanValue();
        }

        boolean never() {
            return node.isBoolean() && !node.booleanValue();
        }

        @Nullable
        JsonNode find(String keyword) {
            return node.get(keyword);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scheme scheme && scheme.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** A part of the document with an address of its own. */
    private record Resource(JsonNode root, URI address, Map<String, JsonNode> anchors) {}

    private final JsonNode root;
    private final List<Scheme> schemes = new ArrayList<>();
    private final IdentityHashMap<JsonNode, Scheme> known = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, String> pointers = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Resource> resources = new IdentityHashMap<>();
    private final Map<URI, Resource> addresses = new HashMap<>();

    private SchemaDocument(JsonNode root) {
        this.root = root;
        explore(root, "#", new Resource(root, URI.create(""), new HashMap<>()));
    }

    static SchemaDocument read(String text) throws Refusal {
        if (text.length() > SchemaOptions.LONGEST_SCHEMA) {
            throw new Refusal(
                    "schema",
                    "#",
                    "it has " + text.length() + " characters, at most " + SchemaOptions.LONGEST_SCHEMA
                            + " are allowed");
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Refusal("schema", "#", "it is not valid JSON: " + e.getOriginalMessage());
        }
        if (depth(root, 0) > SchemaOptions.DEEPEST_SCHEMA) {
            throw new Refusal("schema", "#", "it is nested deeper than " + SchemaOptions.DEEPEST_SCHEMA + " levels");
        }
        return new SchemaDocument(root);
    }

    private static int depth(JsonNode node, int above) {
        int deepest = above;
        if (above <= SchemaOptions.DEEPEST_SCHEMA) {
            for (JsonNode child : node.values()) {
                deepest = Math.max(deepest, depth(child, above + 1));
            }
        }
        return deepest;
    }

    /** Notes pointers, addresses and anchors, also of what is no schema: nothing leads there. */
    private void explore(JsonNode node, String where, Resource above) {
        pointers.put(node, where);
        Resource own = above;
        if (node.isObject()) {
            JsonNode id = node.get("$id");
            if (id != null && id.isString() && !id.stringValue().startsWith("#")) {
                URI address = address(above.address, id.stringValue());
                if (address != null) {
                    own = new Resource(node, address, new HashMap<>());
                    addresses.putIfAbsent(address, own);
                }
            } else if (id != null && id.isString()) {
                own.anchors.putIfAbsent(id.stringValue().substring(1), node);
            }
            for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
                JsonNode anchor = node.get(keyword);
                if (anchor != null && anchor.isString()) {
                    own.anchors.putIfAbsent(anchor.stringValue(), node);
                }
            }
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                explore(child.getValue(), where + "/" + escape(child.getKey()), own);
            }
        } else {
            int index = 0;
            for (JsonNode child : node.values()) {
                explore(child, where + "/" + index++, own);
            }
        }
        resources.put(node, own);
    }

    private static @Nullable URI address(URI base, String reference) {
        try {
            URI resolved = base.resolve(reference);
            String text = resolved.toString();
            return URI.create(text.endsWith("#") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    Scheme root() throws Refusal {
        return scheme(root, "#");
    }

    Scheme scheme(int number) {
        return schemes.get(number);
    }

    /** The schema that {@code keyword} of another holds. */
    Scheme below(Scheme scheme, String keyword) throws Refusal {
        JsonNode node = scheme.node.get(keyword);
        if (node == null) {
            throw new Refusal(keyword, scheme.where, "a schema is missing");
        }
        return scheme(node, scheme.where + "/" + keyword);
    }

    /** The schemas of a list such as {@code anyOf}. */
    List<Scheme> list(Scheme scheme, String keyword) throws Refusal {
        JsonNode list = scheme.node.get(keyword);
        if (list == null || !list.isArray() || (list.isEmpty() && !keyword.equals("prefixItems"))) {
            throw new Refusal(keyword, scheme.where, "give a list of at least one schema");
        }
        List<Scheme> schemes = new ArrayList<>();
        for (JsonNode node : list.values()) {
            schemes.add(scheme(node, scheme.where + "/" + keyword + "/" + schemes.size()));
        }
        return schemes;
    }

    /** The schema at a place that {@code where} names. */
    Scheme scheme(JsonNode node, String where) throws Refusal {
        if (!node.isObject() && !node.isBoolean()) {
            throw new Refusal("schema", where, "a schema is an object, true or false");
        }
        Scheme scheme = known.get(node);
        if (scheme == null) {
            scheme = new Scheme(node, where, schemes.size());
            schemes.add(scheme);
            known.put(node, scheme);
        }
        return scheme;
    }

    /** Where the {@code $ref} of a schema leads. */
    Scheme target(Scheme from) throws Refusal {
        Scheme target = step(from);
        Set<Scheme> passed = new HashSet<>(Set.of(from));
        Scheme at = target;
        while (at.node.has("$ref")) {
            if (!passed.add(at) || passed.size() > LONGEST_CHAIN) {
                throw new Refusal("$ref", from.where, "the references go round in a circle, or further than it helps");
            }
            at = step(at);
        }
        return target;
    }

    private Scheme step(Scheme from) throws Refusal {
        JsonNode reference = from.node.get("$ref");
        String text = reference != null && reference.isString() ? reference.stringValue() : "?";
        Resource home = resources.get(from.node);
        int hash = text.indexOf('#');
        String address = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        if (home != null && !address.isEmpty()) {
            URI resolved = address(home.address, address);
            home = resolved == null ? null : addresses.get(resolved);
        }
        if (home == null) {
            throw new Refusal("$ref", from.where, reference + " does not point into this schema: use #/$defs/NAME");
        }
        JsonNode target = fragment.isEmpty()
                ? home.root
                : fragment.startsWith("/") ? home.root.at(decoded(fragment)) : home.anchors.get(fragment);
        if (target == null || target.isMissingNode()) {
            throw new Refusal("$ref", from.where, reference + " points to nothing");
        }
        return scheme(target, pointers.getOrDefault(target, "#" + fragment));
    }

    private static String decoded(String fragment) {
        try {
            return String.valueOf(URI.create("#" + fragment).getFragment());
        } catch (IllegalArgumentException _) {
            return fragment;
        }
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
