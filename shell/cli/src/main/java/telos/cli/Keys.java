package telos.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import telos.cli.DaemonClient.Absent;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.server.DaemonException;
import telos.server.OfflineKeys;

/** The keys of one home: asked of its daemon, or of its file where none runs. */
final class Keys {
    private final Home home;
    private final DaemonClient client;

    Keys(Home home) {
        this.home = home;
        this.client = new DaemonClient(home);
    }

    Json list() throws CommandException {
        if (running()) {
            return client.fetch("/keys");
        }
        if (!Files.isDirectory(home.folder())) {
            return Json.object("keys", java.util.List.of());
        }
        try {
            return read(OfflineKeys.list(home.folder()));
        } catch (DaemonException e) {
            throw failed(e);
        }
    }

    Json make(Json wish) throws CommandException {
        if (running()) {
            return client.ask("POST", "/keys", wish);
        }
        home.prepare();
        try {
            return read(OfflineKeys.make(home.folder(), wish.toString()));
        } catch (DaemonException e) {
            throw failed(e);
        }
    }

    Json revoke(String idOrName) throws CommandException {
        if (running()) {
            String path = URLEncoder.encode(idOrName, StandardCharsets.UTF_8).replace("+", "%20");
            return client.ask("DELETE", "/keys/" + path, Json.object());
        }
        home.prepare();
        try {
            return read(OfflineKeys.revoke(home.folder(), idOrName));
        } catch (DaemonException e) {
            throw failed(e);
        }
    }

    private boolean running() throws CommandException {
        return !(client.presence() instanceof Absent);
    }

    private static Json read(OfflineKeys.Answer answer) throws CommandException {
        try {
            Json json = Json.parse(answer.json());
            if (answer.status() >= 400) {
                throw CommandException.failed(json.at("error").at("message").text("it cannot be done"));
            }
            return json;
        } catch (ProtocolException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static CommandException failed(DaemonException e) {
        return CommandException.failed(String.valueOf(e.getMessage()));
    }
}
