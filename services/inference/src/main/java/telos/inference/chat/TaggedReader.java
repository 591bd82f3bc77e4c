package telos.inference.chat;

import java.util.ArrayList;
import java.util.List;
import telos.inference.sampling.StopMatcher;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;
import telos.kernel.ToolCall;

/** Reads a turn that is text, one tool call, or text and then tool calls between tags. */
final class TaggedReader implements TurnReader {
    static final String OPEN = "<tool_call>";
    private static final String CLOSE = "</tool_call>";

    /** What the turn is made of. */
    enum Form {
        TEXT,
        CALL,
        TAGGED
    }

    private final Tokenizer tokenizer;
    private final Form form;
    private final StreamDecoder decoder;
    private final StopMatcher stops;
    private final StopMatcher tag = new StopMatcher(List.of(OPEN));
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();

    TaggedReader(Tokenizer tokenizer, Form form, List<String> stops) {
        this.tokenizer = tokenizer;
        this.form = form;
        this.decoder = new StreamDecoder(tokenizer);
        this.stops = new StopMatcher(stops);
    }

    @Override
    public String accept(int token) {
        // a tag may be a control token of its own, which spells no text
        String name = tokenizer.isControl(token) ? tokenizer.name(token) : "";
        boolean tagToken = name.equals(OPEN) || name.equals(CLOSE);
        return take(tagToken ? decoder.finish() + name : decoder.accept(token));
    }

    private String take(String piece) {
        if (form == Form.CALL) {
            calls.append(piece);
            return "";
        }
        if (form == Form.TEXT) {
            return show(stops.accept(piece));
        }
        if (tag.stopped()) {
            calls.append(piece);
            return "";
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            if (tag.stopped()) {
                calls.append(piece, i, piece.length());
                break;
            }
            shown.append(tag.accept(piece.substring(i, i + 1)));
        }
        return show(stops.accept(shown.toString()));
    }

    private String show(String shown) {
        text.append(shown);
        return shown;
    }

    @Override
    public String finish() {
        String rest = take(decoder.finish());
        if (form == Form.CALL) {
            return rest;
        }
        String held = stops.accept(form == Form.TAGGED ? tag.finish() : "") + stops.finish();
        return rest + show(held);
    }

    @Override
    public boolean stopped() {
        return stops.stopped();
    }

    @Override
    public Message.Assistant message() {
        List<ToolCall> read = new ArrayList<>();
        for (String candidate : calls.toString().split(CLOSE + "|" + OPEN, -1)) {
            if (!candidate.isBlank()) {
                Calls.read(candidate.strip()).ifPresent(read::add);
            }
        }
        return new Message.Assistant(
                read.isEmpty() ? text.toString() : text.toString().stripTrailing(), read);
    }
}
