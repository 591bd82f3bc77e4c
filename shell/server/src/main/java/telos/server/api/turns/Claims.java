package telos.server.api.turns;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import telos.kernel.Message;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Shares;
import telos.kernel.security.Sha256;
import telos.server.Tenant;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.tenants.Rank;

/**
 * Whose a request is, and how urgent, as its head and body say it. Its agent is named by the header
 * {@code X-Telos-Agent}; where it names none, all requests that begin with the same system prompt and the same first words
 * of a user are one agent.
 */
public record Claims(
        Tenant tenant, Rank rank, Optional<String> agent, OptionalInt priority, OptionalLong deadlineMillis) {
    private static final String HEADER = "X-Telos-Agent";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}");
    private static final int MOST_MILLIS = 24 * 3_600_000;
    private static final int BEGINNING = 256;

    /**
     * Reads the members {@code priority} (as in vLLM: the lower goes first, and 0 is usual) and {@code deadline_ms}.
     *
     * @throws ApiException if a member or the header is wrong, or its key may not use it
     */
    public static Claims read(Exchange exchange, Fields body) throws ApiException {
        Optional<String> agent = exchange.header(HEADER);
        if (agent.isPresent() && !NAME.matcher(agent.get()).matches()) {
            throw ApiException.invalid(
                    HEADER + " must be 1 to 64 of A-Z a-z 0-9 . _ : @ - and begin with a letter or a digit", null);
        }
        int priority = body.whole("priority", 0, -Shares.MAX_PRIORITY, -Shares.MIN_PRIORITY);
        int deadline = body.whole("deadline_ms", 0, 1, MOST_MILLIS);
        if (!exchange.rank().urgent() && (priority != 0 || deadline != 0)) {
            throw ApiException.refused(
                    403,
                    "this API key may not use '" + (priority != 0 ? "priority" : "deadline_ms")
                            + "'; the daemon's owner makes keys that may with 'telos key create NAME --may-set-priority'",
                    "priority_not_allowed");
        }
        return new Claims(
                exchange.tenant(),
                exchange.rank(),
                agent,
                priority == 0 ? OptionalInt.empty() : OptionalInt.of(-priority),
                deadline == 0 ? OptionalLong.empty() : OptionalLong.of(deadline));
    }

    /** That of a conversation. */
    public Claim of(List<Message> messages) {
        StringBuilder beginning = new StringBuilder();
        for (Message message : messages) {
            beginning.append(message).append('\n');
            if (message instanceof Message.User) {
                break;
            }
        }
        return of(beginning.toString());
    }

    /** That of a bare text. */
    public Claim ofText(String text) {
        return of(text.substring(0, Math.min(text.length(), BEGINNING)));
    }

    /** That of an agent which is known by its work. */
    public Claim named(String work) {
        return agent.isPresent() ? of("") : claim("." + work, work);
    }

    private Claim of(String beginning) {
        if (agent.isPresent()) {
            return claim("=" + agent.get(), agent.get());
        }
        String hash = hash(beginning);
        return claim("~" + hash, "chat-" + hash.substring(0, 8));
    }

    private Claim claim(String key, String label) {
        OptionalLong nanos = deadlineMillis.isPresent()
                ? OptionalLong.of(deadlineMillis.getAsLong() * 1_000_000)
                : OptionalLong.empty();
        return new Claim(tenant.name(), rank.weight(), key, label, priority, nanos);
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, 24);
    }
}
