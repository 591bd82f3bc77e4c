package telos.inference.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;

/** Reads a turn of the operator protocol. */
final class OperatorReader implements TurnReader {
    private final OperatorTokens tokens;
    private final String quoted;
    private final StreamDecoder decoder;
    private final Wording wording;
    private final CallReader calls = new CallReader(24);
    private boolean calling;

    OperatorReader(Tokenizer tokenizer, OperatorTokens tokens, String quoted, List<String> stops) {
        this.tokens = tokens;
        this.quoted = quoted;
        this.decoder = new StreamDecoder(tokenizer);
        this.wording = new Wording(stops);
    }

    @Override
    public void accept(int token, Sink sink) throws IOException {
        if (token == tokens.call()) {
            calling = true;
        } else if (token == tokens.quote()) {
            wording.add(decoder.finish() + quoted, sink);
        } else if (token != tokens.say()) {
            take(decoder.accept(token), sink);
        }
    }

    private void take(String piece, Sink sink) throws IOException {
        if (calling) {
            calls.accept(piece, sink);
        } else {
            wording.add(piece, sink);
        }
    }

    @Override
    public void finish(Sink sink) throws IOException {
        take(decoder.finish(), sink);
        wording.finish(sink);
    }

    @Override
    public Optional<String> stopText() {
        return wording.stopText();
    }

    @Override
    public boolean broken() {
        return calls.broken();
    }

    @Override
    public Message.Assistant message() {
        return new Message.Assistant(wording.text(), calls.calls());
    }
}
