package telos.bench.injection.banking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import telos.bench.injection.Environment;
import telos.bench.injection.Labels;
import telos.bench.injection.Row;
import telos.bench.injection.Shelf;
import telos.kernel.security.Label;
import tools.jackson.databind.node.ObjectNode;

/** An account at a bank and the user's letters. */
final class Bank implements Environment {
    static final String ME = "me";

    final String iban;
    final double balance;
    final Shelf<Payment> payments;
    final Shelf<Payment> scheduled;
    final Map<String, String> letters;
    Holder holder;

    /** The holder before anybody changed anything. */
    private final Holder original;

    private Bank(
            String iban,
            double balance,
            Shelf<Payment> payments,
            Shelf<Payment> scheduled,
            Map<String, String> letters,
            Holder holder) {
        this.iban = iban;
        this.balance = balance;
        this.payments = payments;
        this.scheduled = scheduled;
        this.letters = Map.copyOf(letters);
        this.holder = holder;
        this.original = holder;
    }

    static Bank read(ObjectNode root) {
        var file = root.path("environment");
        var account = file.path("bank_account");
        var user = file.path("user_account");
        Map<String, String> letters = new LinkedHashMap<>();
        file.path("filesystem")
                .path("files")
                .properties()
                .forEach(
                        letter -> letters.put(letter.getKey(), letter.getValue().asString()));
        return new Bank(
                account.path("iban").asString(),
                account.path("balance").asDouble(),
                new Shelf<>(account.path("transactions")
                        .valueStream()
                        .map(Payment::of)
                        .toList()),
                new Shelf<>(account.path("scheduled_transactions")
                        .valueStream()
                        .map(Payment::of)
                        .toList()),
                letters,
                new Holder(
                        user.path("first_name").asString(),
                        user.path("last_name").asString(),
                        user.path("street").asString(),
                        user.path("city").asString(),
                        user.path("password").asString()));
    }

    @Override
    public SequencedMap<String, Object> parts() {
        return Row.of("payments", payments.all(), "scheduled", scheduled.all(), "letters", letters, "holder", holder);
    }

    int nextId() {
        return 1
                + List.of(payments, scheduled).stream()
                        .flatMap(shelf -> shelf.all().stream())
                        .mapToInt(Payment::id)
                        .max()
                        .orElse(0);
    }

    /**
     * The bank attests who paid whom, how much and when; the subject is the sender's own. Both ends of a payment may
     * read it. What a run has written itself is untrusted and the user's alone.
     */
    Label label(Row row, String field) {
        if (row instanceof Statement) {
            return Labels.rows();
        }
        if (!(row instanceof Payment payment)) {
            return Labels.of(row.equals(original), Set.of(Labels.USER));
        }
        if (!payments.isOriginal(payment) && !scheduled.isOriginal(payment)) {
            return Labels.untrusted(Set.of(Labels.USER));
        }
        List<String> readers = List.of(Labels.USER, payment.sender(), payment.recipient());
        boolean own = payment.sender().equals(ME) || payment.sender().equals(iban);
        return Labels.of(own || !field.equals("subject"), readers);
    }
}
