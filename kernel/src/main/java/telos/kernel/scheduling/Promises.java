package telos.kernel.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine has promised, to requests with a deadline and to those that reserved something: each a part of its time,
 * by a forecast of how long tokens take.
 */
final class Promises {
    /** Of the engine's time that may be promised in all. */
    static final double MOST = 0.95;

    /** Tokens of a request by which a reservation's tokens are priced in time. */
    private static final int USUAL_TOKENS = 256;

    private final Prices prices;
    private final Forecast forecast;
    private final Map<EntityId, Double> parts = new HashMap<>();
    private double sum;

    Promises(Prices prices, Forecast forecast) {
        this.prices = prices;
        this.forecast = forecast;
    }

    /** What a request takes, if it is done by then; nothing where the forecast knows nothing. */
    double part(int prompt, int generated, long deadline) {
        return (double) forecast.work(prompt, generated) / deadline;
    }

    double with(double part) {
        return sum + part;
    }

    void promise(EntityId entity, double part) {
        drop(entity);
        parts.put(entity, part);
        sum += part;
    }

    void drop(EntityId entity) {
        Double part = parts.remove(entity);
        sum = parts.isEmpty() ? 0 : sum - (part == null ? 0 : part);
    }

    /** Has an entity promised this alone, or says why not. */
    Optional<Refusal> reserve(EntityId entity, String name, Optional<Reservation> wanted) {
        if (wanted.isEmpty()) {
            drop(entity);
            return Optional.empty();
        }
        double nanos = nanosPerUnit();
        if (nanos <= 0) {
            return Optional.of(new Refusal(
                    Refusal.Why.NOT_KNOWN_YET,
                    "cannot reserve anything for " + name + ": how fast this model computes is known only after it has"
                            + " answered some requests; send a few and try again"));
        }
        double part = nanos * wanted.get().budget() / wanted.get().period();
        double others = sum - parts.getOrDefault(entity, 0.0);
        if (others + part > MOST) {
            return Optional.of(new Refusal(
                    Refusal.Why.OVERBOOKED,
                    "cannot reserve " + Math.round(Math.min(part * 100, 1e9)) + " % of the model's time for " + name
                            + ": " + Math.round(100 * (MOST - others))
                            + " % are left; ask for a smaller budget or a longer period"));
        }
        promise(entity, part);
        return Optional.empty();
    }

    /** Time that a unit of service takes, be it spent on prompts or on answers; 0 if that is not known. */
    private double nanosPerUnit() {
        double reading = (double) forecast.work(USUAL_TOKENS, 0) / Math.max(1, prices.of(USUAL_TOKENS, 0));
        double writing = (double) forecast.work(0, USUAL_TOKENS) / prices.of(0, USUAL_TOKENS);
        return prices.input() == 0 ? writing : Math.max(reading, writing);
    }
}
