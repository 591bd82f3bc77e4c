package telos.inference.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import telos.inference.sampling.StopMatcher;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;

/** Reads a turn that is text, calls, or text and then calls after a mark. */
final class TaggedReader implements TurnReader {
    /** Where a turn may turn into calls. */
    enum Calls {
        /** It is calls from its start. */
        ALL,
        /** Where the mark stands. */
        AFTER_MARK,
        /** At its start, if it starts as a call does. */
        AT_START
    }

    private final CallStyle style;
    private final StreamDecoder decoder;
    private final Wording wording;
    private final StopMatcher mark;
    private final CallReader calls;
    private final Predicate<String> starts;
    private boolean calling;
    private boolean talking;

    /** @param starts whether a turn that starts with this text is one of calls; asked where they come at the start only */
    TaggedReader(Tokenizer tokenizer, CallStyle style, Calls where, Predicate<String> starts, List<String> stops) {
        this.style = style;
        this.decoder = new StreamDecoder(tokenizer);
        this.wording = new Wording(stops);
        this.mark = new StopMatcher(where == Calls.AFTER_MARK ? List.of(style.mark()) : List.of());
        this.calls = new CallReader(style.identityLength());
        this.starts = starts;
        this.calling = where == Calls.ALL;
        this.talking = where == Calls.AFTER_MARK;
    }

    @Override
    public void accept(int token, Sink sink) throws IOException {
        boolean opens = style.opens().isPresent() && style.opens().getAsInt() == token;
        if (opens && !calling) {
            take(decoder.finish() + mark.finish(), sink);
            calling = !talking || !style.mark().isEmpty();
        } else {
            take(decoder.accept(token), sink);
        }
    }

    private void take(String piece, Sink sink) throws IOException {
        if (piece.isEmpty()) {
            return;
        }
        if (!calling && !talking) {
            calling = starts.test(piece);
            talking = !calling;
        }
        if (calling) {
            calls.accept(piece, sink);
            return;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            shown.append(mark.accept(piece.substring(i, i + 1)));
            if (mark.stopped()) {
                calling = true;
                wording.add(shown.toString(), sink);
                calls.accept(piece.substring(i + 1), sink);
                return;
            }
        }
        wording.add(shown.toString(), sink);
    }

    @Override
    public void finish(Sink sink) throws IOException {
        take(decoder.finish(), sink);
        if (!calling) {
            wording.add(mark.finish(), sink);
        }
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
        String text = wording.text();
        return new Message.Assistant(calls.calls().isEmpty() ? text : text.stripTrailing(), calls.calls());
    }
}
