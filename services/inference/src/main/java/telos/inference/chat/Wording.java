package telos.inference.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import telos.inference.sampling.StopMatcher;

/** The text of a turn, up to the first stop text. */
final class Wording {
    private final StopMatcher stops;
    private final StringBuilder text = new StringBuilder();

    Wording(List<String> stops) {
        this.stops = new StopMatcher(stops);
    }

    void add(String piece, TurnReader.Sink sink) throws IOException {
        show(stops.accept(piece), sink);
    }

    void finish(TurnReader.Sink sink) throws IOException {
        show(stops.finish(), sink);
    }

    private void show(String shown, TurnReader.Sink sink) throws IOException {
        text.append(shown);
        sink.text(shown);
    }

    Optional<String> stopText() {
        return stops.met();
    }

    String text() {
        return text.toString();
    }
}
