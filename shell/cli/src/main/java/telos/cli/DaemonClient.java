package telos.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Exchange;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;

/** The daemon of one home, as a command sees it. */
final class DaemonClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A person has two minutes. */
    private static final Duration CALL_PATIENCE = Duration.ofMinutes(3);

    /** Whether somebody answers. */
    sealed interface Presence {}

    /** Nobody listens. */
    record Absent() implements Presence {}

    /** A daemon that is still loading its model. */
    record Starting() implements Presence {}

    /** A daemon at work; {@code health} is what it says of itself. */
    record Ready(Json health) implements Presence {}

    private final Home home;

    DaemonClient(Home home) {
        this.home = home;
    }

    /**
     * Asks the daemon for its health.
     *
     * @throws CommandException if something answers that is no daemon, or it may not be asked
     */
    Presence presence() throws CommandException {
        if (!Files.exists(home.socket())) {
            return new Absent();
        }
        try (Exchange exchange = Exchange.open(home.socket(), "GET", "/health", null, PATIENCE)) {
            Json health = Json.parse(exchange.text());
            String status = health.at("status").text("");
            if (exchange.status() == 200 && status.equals("ok")) {
                return new Ready(health);
            }
            if (exchange.status() == 503) {
                return new Starting();
            }
            throw new ProtocolException("it answers " + exchange.status() + " to a question for its health");
        } catch (ConnectException _) {
            return new Absent();
        } catch (IOException e) {
            if (!Files.exists(home.socket())) {
                return new Absent();
            }
            throw lost(e);
        }
    }

    /** Reads what the daemon says at a path. */
    Json fetch(String path) throws CommandException {
        try (Exchange exchange = Exchange.open(home.socket(), "GET", path, null, PATIENCE)) {
            return Json.parse(checked(exchange));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Reads what the daemon says at a path; absent if it knows of no such path, or of nothing to read there. */
    Json find(String path) throws CommandException {
        try (Exchange exchange = Exchange.open(home.socket(), "GET", path, null, PATIENCE)) {
            return exchange.status() == 404 || exchange.status() == 405 ? Json.of(null) : Json.parse(checked(exchange));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends a request and reads what the daemon says to it. */
    Json ask(String method, String path, Json body) throws CommandException {
        try (Exchange exchange = Exchange.open(home.socket(), method, path, body, PATIENCE)) {
            return Json.parse(checked(exchange));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends a request without a body; false if the daemon knows nothing of that name. */
    boolean send(String method, String path) throws CommandException {
        return send(method, path, null);
    }

    /** Sends a request; false if the daemon knows nothing of that name. */
    boolean send(String method, String path, @Nullable Json body) throws CommandException {
        try (Exchange exchange = Exchange.open(home.socket(), method, path, body, PATIENCE)) {
            if (exchange.status() == 404) {
                return false;
            }
            checked(exchange);
            return true;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Starts a run; the caller closes it.
     *
     * @param silence how long the daemon may say nothing
     */
    Exchange run(Json request, Duration silence) throws CommandException {
        return stream("/runs", request, silence);
    }

    /**
     * Has a model answer, piece by piece, in the dialect of OpenAI's clients; the caller closes it.
     *
     * @param silence how long the daemon may say nothing
     */
    Exchange chat(Json request, Duration silence) throws CommandException {
        return stream("/v1/chat/completions", request, silence);
    }

    private Exchange stream(String path, Json request, Duration silence) throws CommandException {
        try {
            Exchange exchange = Exchange.open(home.socket(), "POST", path, request, silence);
            if (exchange.status() == 200) {
                return exchange;
            }
            try (exchange) {
                checked(exchange);
                throw new ProtocolException("it answers " + exchange.status() + " to a request at " + path);
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Asks the daemon to take a program up; it does for as long as the caller does not close this.
     *
     * @param silence how long the daemon may say nothing
     */
    Exchange program(Json request, Duration silence) throws CommandException {
        return stream("/programs", request, silence);
    }

    /**
     * Has a plan begin; it lasts for as long as the caller does not close this.
     *
     * @param silence how long the daemon may say nothing
     */
    Exchange plan(Json request, Duration silence) throws CommandException {
        return stream("/plans", request, silence);
    }

    /**
     * Has a call of a plan judged and carried out, and reads what came of it, or the error, which may say whether it had been begun; a
     * person may have been asked meanwhile.
     */
    Json call(String plan, Json request) throws CommandException {
        try (Exchange exchange =
                Exchange.open(home.socket(), "POST", "/plans/" + plan + "/calls", request, CALL_PATIENCE)) {
            Json said = Json.parse(exchange.text());
            if (exchange.status() >= 400 && !said.at("error").present()) {
                throw new ProtocolException("it answers " + exchange.status() + " to a call of a plan");
            }
            return said;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private static String checked(Exchange exchange) throws IOException, CommandException {
        String text = exchange.text();
        if (exchange.status() < 400) {
            return text;
        }
        String message = "";
        try {
            message = Json.parse(text).at("error").at("message").text("");
        } catch (ProtocolException _) {
            // the status alone has to do
        }
        throw CommandException.failed(
                message.isEmpty() ? "the daemon answers with the error " + exchange.status() : message);
    }

    /** Says in words why the daemon could not be heard. */
    CommandException lost(IOException e) {
        if (e instanceof SocketException && String.valueOf(e.getMessage()).contains("ermission denied")) {
            return CommandException.failed("may not use " + home.socket() + ": it belongs to another user; "
                    + "set TELOS_HOME to a folder of your own");
        }
        if (e instanceof ConnectException || !Files.exists(home.socket())) {
            return CommandException.failed(
                    "no daemon is running on " + home.socket() + " (any more); start one with: telos up --detach");
        }
        return CommandException.failed(
                "lost the daemon on " + home.socket() + ": " + Home.reason(e) + "; its log may say why: telos logs");
    }
}
