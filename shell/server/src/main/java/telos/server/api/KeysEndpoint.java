package telos.server.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import telos.server.api.http.ApiException;
import telos.server.api.http.Exchange;
import telos.server.tenants.KeyDesk;

/** {@code /keys} of the admin API: makes, lists and revokes API keys. */
final class KeysEndpoint {
    private final KeyDesk desk;

    KeysEndpoint(KeyDesk desk) {
        this.desk = desk;
    }

    void list(Exchange exchange) throws IOException {
        answer(exchange, desk.list());
    }

    void make(Exchange exchange) throws ApiException, IOException, InterruptedException {
        answer(exchange, desk.make(new String(exchange.bytes(), StandardCharsets.UTF_8)));
    }

    void revoke(Exchange exchange) throws IOException {
        answer(exchange, desk.revoke(exchange.name()));
    }

    private static void answer(Exchange exchange, KeyDesk.Answer answer) throws IOException {
        exchange.text(answer.status(), "application/json", answer.json());
    }
}
