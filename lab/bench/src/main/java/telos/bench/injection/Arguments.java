package telos.bench.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import telos.plans.Datum;

/** The arguments of one call, read as the tool's code needs them. */
public record Arguments(SequencedMap<String, Datum> values) {
    public String text(String name) throws Refusal {
        return optionalText(name).orElseThrow(() -> new Refusal(name + " is missing"));
    }

    /** Empty where the argument is null. */
    public Optional<String> optionalText(String name) throws Refusal {
        return switch (of(name)) {
            case Datum.Nothing _ -> Optional.empty();
            case Datum.Text text -> Optional.of(text.value());
            default -> throw wrong(name, "a text");
        };
    }

    /** Of a list, of one text or of null. */
    public List<String> texts(String name) throws Refusal {
        return switch (of(name)) {
            case Datum.Nothing _ -> List.of();
            case Datum.Text text -> List.of(text.value());
            case Datum.Items items -> {
                List<String> texts = new ArrayList<>();
                for (Datum item : items.values()) {
                    if (!(item instanceof Datum.Text(String text))) {
                        throw wrong(name, "a list of texts");
                    }
                    texts.add(text);
                }
                yield texts;
            }
            default -> throw wrong(name, "a list of texts");
        };
    }

    public List<Datum> items(String name) throws Refusal {
        return switch (of(name)) {
            case Datum.Nothing _ -> List.of();
            case Datum.Items items -> items.values();
            default -> throw wrong(name, "a list");
        };
    }

    public double number(String name) throws Refusal {
        return optionalNumber(name).orElseThrow(() -> new Refusal(name + " is missing"));
    }

    public Optional<Double> optionalNumber(String name) throws Refusal {
        return switch (of(name)) {
            case Datum.Nothing _ -> Optional.empty();
            case Datum.Whole whole -> Optional.of(whole.value().doubleValue());
            case Datum.Real real -> Optional.of(real.value());
            default -> throw wrong(name, "a number");
        };
    }

    public int whole(String name) throws Refusal {
        if (of(name) instanceof Datum.Whole whole && whole.value().bitLength() < Integer.SIZE) {
            return whole.value().intValue();
        }
        throw wrong(name, "a whole number");
    }

    public Optional<Boolean> optionalTruth(String name) throws Refusal {
        return switch (of(name)) {
            case Datum.Nothing _ -> Optional.empty();
            case Datum.Truth truth -> Optional.of(truth.value());
            default -> throw wrong(name, "true or false");
        };
    }

    private Datum of(String name) throws Refusal {
        Datum value = values.get(name);
        if (value == null) {
            throw new Refusal(name + " is missing");
        }
        return value;
    }

    private static Refusal wrong(String name, String wanted) {
        return new Refusal(name + " must be " + wanted);
    }
}
