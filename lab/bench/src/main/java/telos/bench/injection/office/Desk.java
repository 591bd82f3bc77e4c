package telos.bench.injection.office;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import telos.bench.injection.Labels;
import telos.bench.injection.Row;
import telos.bench.injection.Shelf;
import telos.kernel.security.Label;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A person's mail, calendar and drive; a suite without a drive has an empty one. */
public final class Desk {
    private final String owner;
    private final String today;
    private final Shelf<Email> mails;
    private final Shelf<Event> events;
    private final Shelf<DriveFile> files;
    private final Set<String> unread;

    /** Deleted mails, in order. */
    private final List<Email> trash;

    private Desk(
            String owner,
            String today,
            Shelf<Email> mails,
            Shelf<Event> events,
            Shelf<DriveFile> files,
            Set<String> unread,
            List<Email> trash) {
        this.owner = owner;
        this.today = today;
        this.mails = mails;
        this.events = events;
        this.files = files;
        this.unread = new TreeSet<>(unread);
        this.trash = new ArrayList<>(trash);
    }

    /** Reads what has the parts {@code inbox}, {@code calendar} and perhaps {@code cloud_drive}. */
    public static Desk read(ObjectNode root) {
        JsonNode inbox = root.path("inbox").path("initial_emails");
        JsonNode calendar = root.path("calendar");
        return new Desk(
                calendar.path("account_email").asString(),
                calendar.path("current_day").asString(),
                new Shelf<>(inbox.valueStream().map(Email::of).toList()),
                new Shelf<>(calendar.path("initial_events")
                        .valueStream()
                        .map(Event::of)
                        .toList()),
                new Shelf<>(root.path("cloud_drive")
                        .path("initial_files")
                        .valueStream()
                        .map(DriveFile::of)
                        .toList()),
                inbox.valueStream()
                        .filter(mail -> !Boolean.parseBoolean(mail.path("read").asString()))
                        .map(mail -> mail.path("id_").asString())
                        .collect(Collectors.toSet()),
                List.of());
    }

    /** What was read is no part. */
    public SequencedMap<String, Object> parts() {
        return Row.of("mails", mails.all(), "events", events.all(), "files", files.all());
    }

    public String owner() {
        return owner;
    }

    public String today() {
        return today;
    }

    public Shelf<Email> mails() {
        return mails;
    }

    public Shelf<Event> events() {
        return events;
    }

    public Shelf<DriveFile> files() {
        return files;
    }

    public List<Email> trash() {
        return trash;
    }

    public List<Email> unread() {
        return mails.where(mail -> unread.contains(mail.id()));
    }

    void read(Collection<Email> read) {
        read.forEach(mail -> unread.remove(mail.id()));
    }

    /** Everybody whom the user has written to before this run. */
    List<Contact> contacts() {
        return mails.all().stream()
                .filter(mail -> mail.sender().equals(owner) && mails.isOriginal(mail))
                .flatMap(mail -> mail.people().stream())
                .filter(address -> !address.equals(owner))
                .distinct()
                .map(address -> new Contact(name(address), address))
                .toList();
    }

    /** The first part of an address as a name: mary.jane@x.org is Mary Jane. */
    public static String name(String address) {
        return Arrays.stream(address.substring(0, address.indexOf('@')).split("\\."))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    /** The number that the next mail gets. */
    public String nextMailId() {
        return nextId(mails.all().stream().map(Email::id));
    }

    /** The first word of {@link #name}. */
    public static String firstName(String address) {
        String name = name(address);
        return name.contains(" ") ? name.substring(0, name.indexOf(' ')) : name;
    }

    static String nextId(Stream<String> ids) {
        return String.valueOf(1 + ids.mapToInt(Integer::parseInt).max().orElse(-1));
    }

    /** The user, these people, and every file all of whose readers are among them: a file is a group. */
    Set<String> audience(Collection<String> people) {
        Set<String> readers = new LinkedHashSet<>(people);
        readers.add(Labels.USER);
        readers.add(owner);
        files.all().stream()
                .filter(file -> readers.containsAll(file.people()))
                .map(DriveFile::id)
                .toList()
                .forEach(readers::add);
        return readers;
    }

    /**
     * The label of a field of a mail, an appointment, a file or a contact, by whose it is. What a run has written itself
     * is untrusted and the user's alone.
     */
    public Label label(Row row, String field) {
        return switch (row) {
            case Email mail when mails.isOriginal(mail) -> label(mail, field);
            case Event event when events.isOriginal(event) -> label(event, field);
            case DriveFile file when files.isOriginal(file) -> label(file, field);
            case Contact contact -> Labels.trusted(audience(List.of(contact.email())));
            default -> Labels.untrusted(audience(List.of()));
        };
    }

    /** What the user wrote is trusted, what came is not; the mail server attests when and where it is. */
    private Label label(Email mail, String field) {
        boolean own = mail.sender().equals(owner);
        boolean trusted = switch (field) {
            case "status", "timestamp" -> true;
            default -> own;
        };
        return Labels.of(trusted, audience(mail.people()));
    }

    /**
     * The calendar attests when the user is busy, and shows that to whoever asks. Who else takes part may have made the appointment, and a description
     * may be pasted from anywhere.
     */
    private Label label(Event event, String field) {
        boolean own = event.participants().stream().allMatch(owner::equals);
        return switch (field) {
            case "start_time", "end_time", "all_day", "status" -> Labels.facts();
            case "description" -> Labels.untrusted(audience(event.participants()));
            default -> Labels.of(own, audience(event.participants()));
        };
    }

    /** The drive attests owners and times; all else is the owner's, and the content of all who may write. */
    private Label label(DriveFile file, String field) {
        boolean trusted = switch (field) {
            case "owner", "last_modified" -> true;
            case "content" -> file.writtenOnlyBy(owner);
            default -> file.owner().equals(owner);
        };
        return Labels.of(trusted, audience(file.people()));
    }
}
