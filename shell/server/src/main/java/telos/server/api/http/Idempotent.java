package telos.server.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import telos.kernel.security.Sha256;
import telos.server.records.IdempotencyStore;

/**
 * An endpoint that does not carry out a request twice whose client sent it twice with one {@code Idempotency-Key}: the
 * second gets the first's answer, stream or not. What was refused or broke off is not kept.
 */
public final class Idempotent implements Endpoint {
    private static final int LONGEST_KEY = 255;
    private static final int LARGEST_ANSWER = 1 << 20;

    private final Endpoint inner;
    private final IdempotencyStore store;

    public Idempotent(Endpoint inner, IdempotencyStore store) {
        this.inner = inner;
        this.store = store;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Optional<String> key = exchange.header("idempotency-key");
        if (key.isEmpty()) {
            inner.serve(exchange);
            return;
        }
        if (key.get().isBlank() || key.get().length() > LONGEST_KEY) {
            throw ApiException.invalid("an Idempotency-Key has 1 to " + LONGEST_KEY + " characters", null);
        }
        switch (store.begin(key.get(), exchange.tenant(), hash(exchange))) {
            case IdempotencyStore.Fresh _ -> carryOut(exchange, key.get());
            case IdempotencyStore.InProgress _ ->
                throw ApiException.comeBack(
                        409,
                        "the request with this Idempotency-Key is still being answered",
                        "idempotency_in_progress",
                        1);
            case IdempotencyStore.Mismatch _ ->
                throw ApiException.refused(
                        422, "this Idempotency-Key was used for another request", "idempotency_key_reused");
            case IdempotencyStore.Replay replay -> {
                exchange.says("idempotent-replayed", "true");
                exchange.bytes(replay.status(), replay.contentType(), replay.body());
            }
        }
    }

    private void carryOut(Exchange exchange, String key) throws ApiException, IOException, InterruptedException {
        Tape tape = new Tape(key, exchange);
        exchange.record(tape);
        try {
            inner.serve(exchange);
        } finally {
            exchange.record(Recorder.NONE);
            if (!tape.kept) {
                store.abandon(key, exchange.tenant());
            }
        }
    }

    private static String hash(Exchange exchange) throws ApiException, IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        digest.update((exchange.method() + " " + exchange.path() + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(exchange.bytes()));
    }

    /** Keeps an answer, before its client has all of it: who does not get it all may ask again. */
    private final class Tape implements Recorder {
        private final String key;
        private final Exchange exchange;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int status;
        private String contentType = "";
        private boolean fit;
        private boolean kept;

        Tape(String key, Exchange exchange) {
            this.key = key;
            this.exchange = exchange;
        }

        @Override
        public void begins(int newStatus, String newContentType) {
            status = newStatus;
            contentType = newContentType;
            fit = newStatus < 300;
        }

        @Override
        public void writes(boolean last, byte[] more) {
            fit &= bytes.size() + more.length <= LARGEST_ANSWER;
            if (fit) {
                bytes.writeBytes(more);
            }
            if (last && fit && !kept) {
                kept = true;
                store.complete(key, exchange.tenant(), status, contentType, bytes.toByteArray());
            }
        }

        @Override
        public void spoils() {
            fit = false;
        }
    }
}
