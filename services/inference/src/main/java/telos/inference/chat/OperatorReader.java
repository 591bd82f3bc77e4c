package telos.inference.chat;

import java.util.List;
import java.util.Optional;
import telos.inference.sampling.StopMatcher;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;
import telos.kernel.ToolCall;

/** Reads a turn of the operator protocol. */
final class OperatorReader implements TurnReader {
    private final OperatorTokens tokens;
    private final String quoted;
    private final StreamDecoder decoder;
    private final StopMatcher stops;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder call = new StringBuilder();
    private boolean calling;

    OperatorReader(Tokenizer tokenizer, OperatorTokens tokens, String quoted, List<String> stops) {
        this.tokens = tokens;
        this.quoted = quoted;
        this.decoder = new StreamDecoder(tokenizer);
        this.stops = new StopMatcher(stops);
    }

    @Override
    public String accept(int token) {
        if (token == tokens.call()) {
            calling = true;
            return "";
        }
        if (token == tokens.say()) {
            return "";
        }
        if (token == tokens.quote()) {
            return show(decoder.finish() + quoted);
        }
        String piece = decoder.accept(token);
        if (calling) {
            call.append(piece);
            return "";
        }
        return show(piece);
    }

    private String show(String piece) {
        String shown = stops.accept(piece);
        text.append(shown);
        return shown;
    }

    @Override
    public String finish() {
        if (calling) {
            call.append(decoder.finish());
            return "";
        }
        String rest = stops.accept(decoder.finish()) + stops.finish();
        text.append(rest);
        return rest;
    }

    @Override
    public boolean stopped() {
        return stops.stopped();
    }

    @Override
    public Message.Assistant message() {
        Optional<ToolCall> read = calling ? Calls.read(call.toString()) : Optional.empty();
        return new Message.Assistant(text.toString(), read.map(List::of).orElse(List.of()));
    }
}
