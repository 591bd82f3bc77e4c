package telos.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows a benchmark's name. */
record Options(Map<String, String> values) {
    Options {
        values = Map.copyOf(values);
    }

    /**
     * Reads arguments.
     *
     * @param known such as {@code --small}, or {@code --model FILE} where a value follows
     * @throws BenchException if one is not known or lacks its value
     */
    static Options read(List<String> arguments, List<String> known) throws BenchException {
        Map<String, String> values = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (known.contains(name)) {
                values.put(name, "");
            } else if (known.stream().noneMatch(option -> option.startsWith(name + " "))) {
                throw BenchException.usage("unknown option '" + name + "'; "
                        + (known.isEmpty() ? "there are none" : "known are " + String.join(", ", known)));
            } else if (rest.hasNext()) {
                values.put(name, rest.next());
            } else {
                throw BenchException.usage(name + " needs a value");
            }
        }
        return new Options(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Path> path(String name) {
        return text(name).map(Path::of);
    }

    int whole(String name, int otherwise, int least, int most) throws BenchException {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw BenchException.usage(
                name + " must be a whole number from " + least + " to " + most + ", not '" + text + "'");
    }
}
