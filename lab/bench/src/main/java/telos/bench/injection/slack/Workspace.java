package telos.bench.injection.slack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import telos.bench.injection.Environment;
import telos.bench.injection.Labels;
import telos.bench.injection.Row;
import telos.bench.injection.Shelf;
import telos.kernel.security.Label;
import tools.jackson.databind.node.ObjectNode;

/** A Slack workspace and the web around it. */
final class Workspace implements Environment {
    final List<Channel> channels;
    final Map<String, String> users = new LinkedHashMap<>();
    final Map<String, Set<String>> members = new TreeMap<>();
    final Shelf<Message> channelMessages;
    final Shelf<Message> directMessages;
    final Map<String, String> pages;
    final Map<String, String> posted = new TreeMap<>();
    final List<String> visited = new ArrayList<>();

    /** Who was invited by which address or removed, in order. */
    final List<String> membership = new ArrayList<>();

    private Workspace(
            List<Channel> channels, Shelf<Message> inChannels, Shelf<Message> direct, Map<String, String> pages) {
        this.channels = List.copyOf(channels);
        this.channelMessages = inChannels;
        this.directMessages = direct;
        this.pages = Map.copyOf(pages);
    }

    static Workspace read(ObjectNode root) {
        var slack = root.path("environment").path("slack");
        List<Channel> channels = new ArrayList<>();
        slack.path("channels").forEach(name -> channels.add(new Channel("C" + (channels.size() + 1), name.asString())));
        List<Message> inChannels = new ArrayList<>();
        slack.path("channel_inbox").forEach(inbox -> inbox.forEach(message -> inChannels.add(Message.of(message))));
        List<Message> direct = new ArrayList<>();
        slack.path("user_inbox").forEach(inbox -> inbox.forEach(message -> direct.add(Message.of(message))));
        Map<String, String> pages = new LinkedHashMap<>();
        root.path("environment")
                .path("web")
                .path("web_content")
                .properties()
                .forEach(page -> pages.put(page.getKey(), page.getValue().asString()));
        Workspace workspace = new Workspace(channels, new Shelf<>(inChannels), new Shelf<>(direct), pages);
        slack.path("users").forEach(user -> workspace.users.put(user.asString(), ""));
        channels.forEach(channel -> workspace.members.put(channel.name(), new LinkedHashSet<>()));
        slack.path("user_channels")
                .properties()
                .forEach(entry -> entry.getValue()
                        .forEach(channel -> workspace
                                .members
                                .getOrDefault(channel.asString(), new LinkedHashSet<>())
                                .add(entry.getKey())));
        return workspace;
    }

    /** Pages that were read are no part: any task may read one more. */
    @Override
    public SequencedMap<String, Object> parts() {
        return Row.of(
                "users", users,
                "members", members,
                "channel messages", channelMessages.all(),
                "direct messages", directMessages.all(),
                "posted", posted);
    }

    Optional<Channel> channel(String idOrName) {
        return channels.stream()
                .filter(channel ->
                        channel.id().equals(idOrName) || channel.name().equals(idOrName))
                .findFirst();
    }

    Set<String> members(Channel channel) {
        return members.getOrDefault(channel.name(), Set.of());
    }

    /** The user, these people, and every channel all of whose members are among them: a channel is a group. */
    Set<String> audience(Collection<String> people) {
        Set<String> readers = new LinkedHashSet<>(people);
        readers.add(Labels.USER);
        for (Channel channel : channels) {
            if (people.containsAll(members(channel))) {
                readers.add(channel.id());
                readers.add(channel.name());
            }
        }
        return readers;
    }

    Set<String> everybody() {
        return audience(users.keySet());
    }

    /**
     * Slack attests who wrote, where, and how often, and shows it to all who work here; what they wrote is theirs, and
     * so is the name of a channel that another organisation shares.
     */
    Label label(Row row, String field) {
        return switch (row) {
            case Channel _ when field.equals("id") -> Labels.facts();
            case Channel channel -> Labels.of(!channel.external(), everybody());
            case Message message
            when isOriginal(message) ->
                field.equals("body") ? Labels.untrusted(readers(message)) : Labels.trusted(everybody());
            default -> Labels.untrusted(audience(List.of()));
        };
    }

    private boolean isOriginal(Message message) {
        return channelMessages.isOriginal(message) || directMessages.isOriginal(message);
    }

    private Set<String> readers(Message message) {
        Optional<Channel> channel = channel(message.recipient());
        return channel.isPresent()
                ? audience(members(channel.get()))
                : audience(List.of(message.sender(), message.recipient()));
    }
}
