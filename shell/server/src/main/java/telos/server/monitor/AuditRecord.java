package telos.server.monitor;

import java.time.Instant;
import java.util.List;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.KnownCall;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A record of the audit while it is made: who, what, with which labels, and what came of it. It holds no values. */
final class AuditRecord {
    /** The most readers of one label that are named. */
    private static final int MOST_READERS = 20;

    private static final int LONGEST_TEXT = 1_000;

    private final ObjectNode node = JsonMapper.shared().createObjectNode();

    private AuditRecord(long epochMillis, String verdict) {
        node.put("time", Instant.ofEpochMilli(epochMillis).toString()).put("verdict", verdict);
    }

    /** About an effect that somebody wanted. */
    static AuditRecord of(long epochMillis, String verdict, Subject subject, KnownCall call, Label result) {
        AuditRecord record = new AuditRecord(epochMillis, verdict);
        record.node.put("agent", subject.id()).put("name", cut(subject.name())).put("tool", cut(call.tool()));
        record.node.set("call", label(call.context()));
        ArrayNode arguments = record.node.putArray("arguments");
        for (String each : call.arguments()) {
            arguments.addObject().put("name", cut(each)).set("label", label(call.label(each)));
        }
        record.node.set("result", label(result));
        List<Long> effects = subject.effects();
        if (!effects.isEmpty()) {
            ArrayNode after = record.node.putArray("after");
            effects.forEach(after::add);
        }
        return record;
    }

    /** About something that is no effect. */
    static AuditRecord of(long epochMillis, String event) {
        return new AuditRecord(epochMillis, event);
    }

    AuditRecord with(String name, String text) {
        node.put(name, cut(text));
        return this;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    static ObjectNode label(Label label) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("integrity", label.integrity().word());
        ArrayNode names = node.putArray("readers");
        Readers readers = label.readers();
        if (readers.everyone()) {
            names.add("*");
        } else {
            List<String> all = readers.principals();
            all.stream().limit(MOST_READERS).forEach(each -> names.add(cut(each)));
            if (all.size() > MOST_READERS) {
                node.put("more_readers", all.size() - MOST_READERS);
            }
        }
        ArrayNode sources = node.putArray("sources");
        for (Source each : label.sources().named()) {
            sources.add(each.toString());
        }
        if (label.sources().more()) {
            node.put("more_sources", true);
        }
        return node;
    }

    /** One line of JSON. */
    @Override
    public String toString() {
        return node.toString();
    }
}
