package telos.server.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Requests that go to one endpoint.
 *
 * @param path with {@code {id}} for one segment; at the end of the path it takes all that is left, slashes too
 * @param admin whether it is for the daemon's owner alone
 * @param free whether it takes nothing of what a tenant may have
 */
public record Route(String method, String path, boolean admin, boolean free, ErrorShape shape, Endpoint endpoint) {

    /** What stands for the placeholders in a path, still percent-encoded; empty where the path is another's. */
    Optional<List<String>> match(String asked) {
        List<String> found = new ArrayList<>();
        int at = 0;
        int from = 0;
        for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', from)) {
            String before = path.substring(from, open);
            from = path.indexOf('}', open) + 1;
            if (!asked.startsWith(before, at)) {
                return Optional.empty();
            }
            at += before.length();
            int slash = from == path.length() ? -1 : asked.indexOf('/', at);
            int end = slash < 0 ? asked.length() : slash;
            if (end == at) {
                return Optional.empty();
            }
            found.add(asked.substring(at, end));
            at = end;
        }
        return asked.substring(at).equals(path.substring(from)) ? Optional.of(found) : Optional.empty();
    }
}
