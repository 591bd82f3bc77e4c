package telos.inference.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import telos.kernel.ToolCall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads tool calls as they are written: JSON objects with a name and then arguments, whatever stands between them. A
 * call is told once its name is whole, and its arguments piece by piece as they stand in the text.
 */
final class CallReader {
    private final int idLength;
    private final List<ToolCall> calls = new ArrayList<>();
    private final StringBuilder member = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean inValue;
    private int told;

    /** @param idLength how many characters the identity of a call has after {@code call_}; 9 alone is without that */
    CallReader(int idLength) {
        this.idLength = idLength;
    }

    void accept(String piece, TurnReader.Sink sink) throws IOException {
        for (int i = 0; i < piece.length(); i++) {
            step(piece.charAt(i), sink);
        }
        tell(sink);
    }

    private void step(char c, TurnReader.Sink sink) throws IOException {
        if (depth == 0) {
            if (c == '{') {
                depth = 1;
            }
            return;
        }
        if (depth == 1 && !inText && (c == ',' || c == '}')) {
            closeMember(sink);
            if (c == '}') {
                closeCall(sink);
            }
            return;
        }
        if (depth == 1 && !inText && !inValue && c == ':') {
            inValue = true;
            return;
        }
        if (inText) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inText = false;
            }
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        } else if (depth == 1 && Character.isWhitespace(c)) {
            return;
        }
        (inValue ? isArguments() ? arguments : value : member).append(c);
    }

    private boolean isArguments() {
        return member.indexOf("\"arguments\"") == 0 || member.indexOf("\"parameters\"") == 0;
    }

    private void closeMember(TurnReader.Sink sink) throws IOException {
        if (member.indexOf("\"name\"") == 0) {
            try {
                name = JsonMapper.shared().readTree(value.toString()).asString("");
            } catch (JacksonException e) {
                name = "";
            }
            if (!name.isEmpty()) {
                id = identity();
                sink.call(calls.size(), id, name, "");
            }
        }
        tell(sink);
        member.setLength(0);
        value.setLength(0);
        inValue = false;
    }

    private void closeCall(TurnReader.Sink sink) throws IOException {
        if (!name.isEmpty()) {
            if (arguments.isEmpty()) {
                arguments.append("{}");
                tell(sink);
            }
            calls.add(new ToolCall(id, name, arguments.toString()));
        }
        arguments.setLength(0);
        told = 0;
        name = "";
        depth = 0;
    }

    private void tell(TurnReader.Sink sink) throws IOException {
        if (!name.isEmpty() && arguments.length() > told) {
            sink.call(calls.size(), "", "", arguments.substring(told));
            told = arguments.length();
        }
    }

    private String identity() {
        String random = UUID.randomUUID().toString().replace("-", "");
        return idLength == 9 ? random.substring(0, 9) : "call_" + random.substring(0, idLength);
    }

    /** Whether a call has begun and is not whole. */
    boolean broken() {
        return depth > 0;
    }

    List<ToolCall> calls() {
        return List.copyOf(calls);
    }
}
