package telos.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.server.AuditTrail;

/** The records of an audit as commands look at them. */
final class AuditRecords {
    /**
     * One record.
     *
     * @param json what was written down
     */
    record Entry(long id, Json json) {
        String text(String member) {
            return json.at(member).text("");
        }

        boolean effect() {
            return json.at("tool").present();
        }

        List<Long> after() {
            return json.at("after").items().stream().map(each -> each.number(0)).toList();
        }

        /** The same with its number. */
        Json numbered() {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("id", Json.of(id));
            members.putAll(json.members());
            return Json.of(members);
        }
    }

    private final AuditTrail trail;

    AuditRecords(Session session) throws CommandException {
        trail = new AuditTrail(session.home().folder());
    }

    /**
     * The last of those that are wanted, the oldest first.
     *
     * @param anew is asked about each; where it says so, none before that counts
     */
    List<Entry> last(int most, Predicate<Entry> anew, Predicate<Entry> wanted) throws CommandException {
        Deque<Entry> found = new ArrayDeque<>();
        each(entry -> {
            if (anew.test(entry)) {
                found.clear();
            }
            if (wanted.test(entry)) {
                if (found.size() == most) {
                    found.removeFirst();
                }
                found.addLast(entry);
            }
        });
        return List.copyOf(found);
    }

    /** Those with these numbers, by number. */
    Map<Long, Entry> byId(List<Long> ids) throws CommandException {
        Map<Long, Entry> found = new LinkedHashMap<>();
        each(entry -> {
            if (ids.contains(entry.id())) {
                found.put(entry.id(), entry);
            }
        });
        return found;
    }

    private interface Heard {
        void heard(Entry entry);
    }

    private void each(Heard heard) throws CommandException {
        try {
            trail.each((id, text) -> {
                try {
                    heard.heard(new Entry(id, Json.parse(text)));
                } catch (ProtocolException _) {
                    // 'telos audit verify' tells of lines that are no records
                }
            });
        } catch (IOException e) {
            throw CommandException.failed("cannot read the audit in " + trail.folder() + ": " + Home.reason(e));
        }
    }
}
