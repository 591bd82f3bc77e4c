package telos.bench.injection.office;

import java.util.SequencedMap;
import telos.bench.injection.Row;

/** Somebody whom the user has written to. */
public record Contact(String name, String email) implements Row {
    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("name", name, "email", email);
    }
}
