package telos.server.tenants;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import telos.storage.StorageException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers those who administer keys, in JSON: the same whether a daemon runs or not. */
public final class KeyDesk {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhdwy])");

    /** What to send back. */
    public record Answer(int status, String json) {}

    /** A wish that cannot be met; for the one who wished. */
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1;

        Misfit(String message) {
            super(message, null, false, false);
        }
    }

    private final KeyRing keys;
    private final LongSupplier epochSeconds;

    public KeyDesk(KeyRing keys, LongSupplier epochSeconds) {
        this.keys = keys;
        this.epochSeconds = epochSeconds;
    }

    /** {@code GET} lists the keys. */
    public Answer list() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode array = body.putArray("keys");
        keys.list().forEach(key -> describe(key, array.addObject()));
        return new Answer(200, body.toString());
    }

    /** {@code POST} makes one: name, and if wanted rate, tokens, concurrency, blocks, expires, weight and may_set_priority. */
    public Answer make(String request) {
        try {
            JsonNode wish = JSON.readTree(request);
            if (wish == null || !wish.isObject()) {
                throw new Misfit("the body must be a JSON object");
            }
            Quota quota = new Quota(
                    bound(wish, "rate"), bound(wish, "tokens"), bound(wish, "concurrency"), bound(wish, "blocks"));
            Rank rank = new Rank(
                    wish.has("weight") ? bound(wish, "weight") : Rank.USUAL.weight(), truth(wish, "may_set_priority"));
            return switch (keys.make(text(wish, "name"), quota, rank, expiry(text(wish, "expires")))) {
                case KeyRing.Made made -> {
                    ObjectNode body = JSON.createObjectNode().put("key", made.secret());
                    describe(made.key(), body);
                    yield new Answer(201, body.toString());
                }
                case KeyRing.Refused refused -> error(400, refused.why());
            };
        } catch (JacksonException e) {
            return error(400, "the body is not valid JSON: " + e.getOriginalMessage());
        } catch (Misfit | IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (StorageException e) {
            return error(500, String.valueOf(e.getMessage()));
        }
    }

    /** {@code DELETE} revokes one. */
    public Answer revoke(String idOrName) {
        try {
            return switch (keys.revoke(idOrName)) {
                case KeyRing.Revoked revoked -> {
                    ObjectNode body = JSON.createObjectNode();
                    describe(revoked.key(), body);
                    yield new Answer(200, body.toString());
                }
                case KeyRing.NoSuchKey none -> error(404, none.why());
            };
        } catch (StorageException e) {
            return error(500, String.valueOf(e.getMessage()));
        }
    }

    /** As every error of the admin API is spelled; keys are administered where no API is, too. */
    private static Answer error(int status, String why) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", why)
                .put("type", status < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .putNull("code");
        return new Answer(status, body.toString());
    }

    private void describe(Key key, ObjectNode into) {
        long now = epochSeconds.getAsLong();
        into.put("id", key.id()).put("name", key.name()).put("hint", key.hint());
        into.put("state", key.revoked().isPresent() ? "revoked" : key.expired(now) ? "expired" : "active");
        time(into, "created", OptionalLong.of(key.created()));
        time(into, "expires", key.expires());
        time(into, "revoked", key.revoked());
        time(into, "last_used", key.lastUsed());
        into.put("rate", key.quota().requests())
                .put("tokens", key.quota().tokens())
                .put("concurrency", key.quota().concurrency())
                .put("blocks", key.quota().blocks())
                .put("weight", key.rank().weight())
                .put("may_set_priority", key.rank().urgent());
    }

    private static void time(ObjectNode into, String member, OptionalLong epochSecond) {
        into.put(
                member,
                epochSecond.isPresent()
                        ? Instant.ofEpochSecond(epochSecond.getAsLong()).toString()
                        : null);
    }

    private static int bound(JsonNode wish, String member) throws Misfit {
        JsonNode given = wish.path(member);
        if (given.isMissingNode() || given.isNull()) {
            return 0;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.intValue() < 0) {
            throw new Misfit(
                    "'" + member + "' must be a whole number from 0 to " + Quota.MOST + ", where 0 means no bound");
        }
        return given.intValue();
    }

    private static boolean truth(JsonNode wish, String member) throws Misfit {
        JsonNode given = wish.path(member);
        if (given.isMissingNode() || given.isNull()) {
            return false;
        }
        if (!given.isBoolean()) {
            throw new Misfit("'" + member + "' must be true or false");
        }
        return given.booleanValue();
    }

    private static String text(JsonNode wish, String member) throws Misfit {
        JsonNode given = wish.path(member);
        if (given.isMissingNode() || given.isNull()) {
            return "";
        }
        if (!given.isString()) {
            throw new Misfit("'" + member + "' must be a string");
        }
        return given.stringValue();
    }

    /** A span such as 90d, a day, whose end is meant by its beginning in UTC, or a moment with its zone. */
    private OptionalLong expiry(String text) throws Misfit {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long now = epochSeconds.getAsLong();
        long end;
        Matcher span = SPAN.matcher(text);
        try {
            if (span.matches()) {
                end = Math.addExact(now, Math.multiplyExact(Long.parseLong(span.group(1)), unit(span.group(2))));
            } else if (text.contains("T")) {
                end = Instant.parse(text).getEpochSecond();
            } else {
                end = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
            }
        } catch (DateTimeException e) {
            throw new Misfit(
                    "'expires' must be a span such as 90d or 12h, a day such as 2030-01-31, or a moment such as"
                            + " 2030-01-31T12:00:00Z");
        }
        if (end <= now || end > Instant.parse("9999-12-31T00:00:00Z").getEpochSecond()) {
            throw new Misfit("'expires' must be in the future, and before the year 10000");
        }
        return OptionalLong.of(end);
    }

    private static long unit(String letter) {
        Duration unit = switch (letter.charAt(0)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            case 'w' -> Duration.ofDays(7);
            default -> Duration.ofDays(365);
        };
        return unit.toSeconds();
    }
}
