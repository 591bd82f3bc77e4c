package telos.inference.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import telos.inference.tokenizer.StreamDecoder;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;

/** Reads a turn that is text and nothing else. */
final class TextReader implements TurnReader {
    private final StreamDecoder decoder;
    private final Wording wording;

    /** @param before tokens that the text goes on from; what they spell is no part of it */
    TextReader(Tokenizer tokenizer, int[] before, List<String> stops) {
        decoder = new StreamDecoder(tokenizer);
        wording = new Wording(stops);
        for (int token : before) {
            decoder.accept(token);
        }
    }

    @Override
    public void accept(int token, Sink sink) throws IOException {
        wording.add(decoder.accept(token), sink);
    }

    @Override
    public void finish(Sink sink) throws IOException {
        wording.add(decoder.finish(), sink);
        wording.finish(sink);
    }

    @Override
    public Optional<String> stopText() {
        return wording.stopText();
    }

    @Override
    public Message.Assistant message() {
        return new Message.Assistant(wording.text(), List.of());
    }
}
