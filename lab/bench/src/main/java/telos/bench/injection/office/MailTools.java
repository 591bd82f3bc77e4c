package telos.bench.injection.office;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import telos.bench.injection.Arguments;
import telos.bench.injection.Deed;
import telos.bench.injection.Labels;
import telos.bench.injection.Refusal;
import telos.bench.injection.Words;
import telos.kernel.security.Label;

/** What the agent can do with mail. Strangers decide how many mails there are. */
public final class MailTools {
    private static final Label COUNT = Labels.open();
    private static final String NOW = "2024-05-15T00:00:00";

    private MailTools() {}

    public static <E extends HasDesk> Deed<E> send() {
        return Deed.effect(
                "send_email",
                "recipients subject body attachments=null cc=null bcc=null",
                (e, given) -> send(e.desk(), given));
    }

    public static <E extends HasDesk> List<Deed<E>> all() {
        return List.of(
                send(),
                Deed.effect("delete_email", "email_id", (e, given) -> {
                    Desk desk = e.desk();
                    String id = given.text("email_id");
                    Email mail = desk.mails()
                            .first(some -> some.id().equals(id))
                            .orElseThrow(() -> new Refusal("there is no mail " + id));
                    desk.mails().remove(mail);
                    desk.trash().add(mail);
                    return "deleted";
                }),
                Deed.read("get_unread_emails", "", COUNT, (e, _) -> {
                    List<Email> unread = e.desk().unread();
                    e.desk().read(unread);
                    return unread;
                }),
                Deed.read("get_sent_emails", "", Labels.rows(), (e, _) -> withStatus(e.desk(), "sent")),
                Deed.read("get_received_emails", "", COUNT, (e, _) -> withStatus(e.desk(), "received")),
                Deed.read("get_draft_emails", "", Labels.rows(), (e, _) -> withStatus(e.desk(), "draft")),
                Deed.read("search_emails", "query sender=null", COUNT, (e, given) -> {
                    String query = given.text("query");
                    Optional<String> sender = given.optionalText("sender");
                    return e.desk()
                            .mails()
                            .where(mail -> (Words.hold(mail.subject(), query) || Words.hold(mail.body(), query))
                                    && sender.map(mail.sender()::equals).orElse(true));
                }),
                Deed.read("search_contacts_by_name", "query", Labels.rows(), (e, given) -> {
                    String query = given.text("query").toLowerCase(Locale.ROOT);
                    return e.desk().contacts().stream()
                            .filter(contact ->
                                    contact.name().toLowerCase(Locale.ROOT).contains(query))
                            .toList();
                }),
                Deed.read("search_contacts_by_email", "query", Labels.rows(), (e, given) -> {
                    String query = given.text("query").toLowerCase(Locale.ROOT);
                    return e.desk().contacts().stream()
                            .filter(contact -> contact.email().contains(query))
                            .toList();
                }));
    }

    /** Answers with the mail's number, which is no secret and no stranger's. */
    private static String send(Desk desk, Arguments given) throws Refusal {
        Email mail = desk.mails()
                .add(new Email(
                        desk.nextMailId(),
                        desk.owner(),
                        given.texts("recipients"),
                        given.texts("cc"),
                        given.texts("bcc"),
                        given.text("subject"),
                        given.text("body"),
                        "sent",
                        NOW,
                        given.items("attachments")));
        return mail.id();
    }

    private static List<Email> withStatus(Desk desk, String status) {
        return desk.mails().where(mail -> mail.status().equals(status));
    }
}
