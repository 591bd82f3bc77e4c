package telos.bench.injection.banking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import telos.bench.injection.Environment;
import telos.bench.injection.Label;
import telos.bench.injection.Labels;
import telos.bench.injection.Row;
import telos.bench.injection.Shelf;
import tools.jackson.databind.node.ObjectNode;

/** An account at a bank and the user's letters. */
final class Bank implements Environment {
    private static final String ME = "me";

    final String iban;
    final double balance;
    final Shelf<Payment> payments;
    final Shelf<Payment> scheduled;
    final Map<String, String> letters;
    Holder holder;

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
     * read it.
     */
    Label label(Row row, String field) {
        if (!(row instanceof Payment payment)) {
            return Labels.trusted(Set.of(Labels.USER));
        }
        List<String> readers = List.of(Labels.USER, payment.sender(), payment.recipient());
        boolean original = payments.isOriginal(payment) || scheduled.isOriginal(payment);
        boolean own = payment.sender().equals(ME) || payment.sender().equals(iban);
        return Labels.of(original && (own || !field.equals("subject")), readers);
    }
}
