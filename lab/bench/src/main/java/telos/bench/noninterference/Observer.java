package telos.bench.noninterference;

import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.plans.Datum;

/** Somebody who watches effects: a principal who may read some things, or whoever relies on what is trusted. */
enum Observer {
    EVERYONE {
        @Override
        boolean mayKnow(Label label) {
            return label.readers().everyone();
        }

        @Override
        Optional<String> sees(String tool, SequencedMap<String, Datum> arguments) {
            return tool.equals("send") ? Optional.of(tool + arguments) : Optional.empty();
        }
    },
    ALICE {
        @Override
        boolean mayKnow(Label label) {
            return label.readers().contains("alice");
        }

        @Override
        Optional<String> sees(String tool, SequencedMap<String, Datum> arguments) {
            return reader("alice", tool, arguments);
        }
    },
    BOB {
        @Override
        boolean mayKnow(Label label) {
            return label.readers().contains("bob");
        }

        @Override
        Optional<String> sees(String tool, SequencedMap<String, Datum> arguments) {
            return reader("bob", tool, arguments);
        }
    },
    /** The dual: what is trusted must not differ where only what is untrusted does. */
    TRUST {
        @Override
        boolean mayKnow(Label label) {
            return label.integrity() != Integrity.UNTRUSTED;
        }

        @Override
        Optional<String> sees(String tool, SequencedMap<String, Datum> arguments) {
            return switch (tool) {
                case "act", "ring" -> Optional.of(tool + arguments);
                case "pay" -> Optional.of("pay to " + arguments.get("to"));
                default -> Optional.empty();
            };
        }
    };

    /** Whether what carries this label is the same in worlds that look the same to it. */
    abstract boolean mayKnow(Label label);

    /** What it learns of a call: what the tool's rules admit it to. */
    abstract Optional<String> sees(String tool, SequencedMap<String, Datum> arguments);

    private static Optional<String> reader(String name, String tool, SequencedMap<String, Datum> arguments) {
        return switch (tool) {
            case "send" -> Optional.of(tool + arguments);
            case "tell_alice", "tell_bob" -> tool.endsWith(name) ? Optional.of(tool + arguments) : Optional.empty();
            case "pay" ->
                new Datum.Text(name).equals(arguments.get("to"))
                        ? Optional.of("pay amount " + arguments.get("amount"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
