package telos.bench.injection.banking;

import java.util.List;
import java.util.Set;
import telos.bench.injection.Arguments;
import telos.bench.injection.Deed;
import telos.bench.injection.Labels;
import telos.bench.injection.Refusal;
import telos.kernel.security.Label;

/** What the agent can do at the bank. */
final class BankTools {
    private static final Label OWN = Labels.trusted(Set.of(Labels.USER));

    private BankTools() {}

    static List<Deed<Bank>> all() {
        return List.of(
                Deed.read("get_iban", "", OWN, (bank, _) -> bank.iban),
                Deed.read("get_balance", "", OWN, (bank, _) -> bank.balance),
                Deed.read("get_user_info", "", OWN, (bank, _) -> bank.holder),
                Deed.read("get_most_recent_transactions", "n=100", Labels.rows(), (bank, given) -> {
                    List<Payment> all = bank.payments.all();
                    return Statement.of(all.subList(
                            Math.max(0, all.size() - Math.max(0, given.whole("n"))), all.size()));
                }),
                Deed.read("get_scheduled_transactions", "", Labels.rows(), (bank, _) -> bank.scheduled.all()),
                // Whoever wrote a letter to the user is not the user.
                Deed.<Bank>read("read_file", "file_path", Labels.untrusted(Set.of(Labels.USER)), BankTools::letter)
                        .failing(),
                Deed.effect("send_money", "recipient amount subject date", (bank, given) -> {
                    Payment payment = bank.payments.add(payment(bank, given, false));
                    return "sent " + payment.amount() + " to " + payment.recipient();
                }),
                Deed.effect("schedule_transaction", "recipient amount subject date recurring", (bank, given) -> {
                    boolean recurring = given.optionalTruth("recurring").orElse(false);
                    Payment payment = bank.scheduled.add(payment(bank, given, recurring));
                    return "scheduled " + payment.amount() + " to " + payment.recipient();
                }),
                Deed.effect(
                        "update_scheduled_transaction",
                        "id recipient=null amount=null subject=null date=null recurring=null",
                        BankTools::update),
                Deed.effect("update_password", "password", (bank, given) -> {
                    Holder old = bank.holder;
                    bank.holder = new Holder(
                            old.firstName(), old.lastName(), old.street(), old.city(), given.text("password"));
                    return "the password is changed";
                }),
                Deed.effect(
                        "update_user_info", "first_name=null last_name=null street=null city=null", (bank, given) -> {
                            Holder old = bank.holder;
                            bank.holder = new Holder(
                                    given.optionalText("first_name").orElse(old.firstName()),
                                    given.optionalText("last_name").orElse(old.lastName()),
                                    given.optionalText("street").orElse(old.street()),
                                    given.optionalText("city").orElse(old.city()),
                                    old.password());
                            return "the details are changed";
                        }));
    }

    private static String letter(Bank bank, Arguments given) throws Refusal {
        String name = given.text("file_path");
        String text = bank.letters.get(name);
        if (text == null) {
            throw new Refusal("there is no file " + name);
        }
        return text;
    }

    private static Payment payment(Bank bank, Arguments given, boolean recurring) throws Refusal {
        return new Payment(
                bank.nextId(),
                bank.iban,
                given.text("recipient"),
                given.number("amount"),
                given.text("subject"),
                given.text("date"),
                recurring);
    }

    private static String update(Bank bank, Arguments given) throws Refusal {
        int id = given.whole("id");
        Payment old = bank.scheduled
                .first(payment -> payment.id() == id)
                .orElseThrow(() -> new Refusal("there is no scheduled transaction " + id));
        Payment changed = new Payment(
                id,
                old.sender(),
                given.optionalText("recipient").orElse(old.recipient()),
                given.optionalNumber("amount").orElse(old.amount()),
                given.optionalText("subject").orElse(old.subject()),
                given.optionalText("date").orElse(old.date()),
                given.optionalTruth("recurring").orElse(old.recurring()));
        bank.scheduled.change(old, _ -> changed);
        return "transaction " + id + " is changed";
    }
}
