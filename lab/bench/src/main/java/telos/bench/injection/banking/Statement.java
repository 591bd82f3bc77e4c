package telos.bench.injection.banking;

import java.util.List;
import java.util.SequencedMap;
import telos.bench.injection.Row;

/** What went and what came, each in the order in which it did. */
record Statement(List<Payment> sent, List<Payment> received) implements Row {
    static Statement of(List<Payment> payments) {
        return new Statement(
                payments.stream()
                        .filter(payment -> !payment.recipient().equals(Bank.ME))
                        .toList(),
                payments.stream()
                        .filter(payment -> payment.recipient().equals(Bank.ME))
                        .toList());
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of("sent", sent, "received", received);
    }
}
