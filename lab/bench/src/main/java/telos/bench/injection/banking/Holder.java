package telos.bench.injection.banking;

import java.util.SequencedMap;
import telos.bench.injection.Row;

/** Whose account it is. */
record Holder(String firstName, String lastName, String street, String city, String password) implements Row {
    /** The password is told to nobody. */
    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("first_name", firstName, "last_name", lastName, "street", street, "city", city);
    }
}
