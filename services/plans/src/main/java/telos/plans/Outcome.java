package telos.plans;

import java.util.Optional;
import telos.plans.syntax.Position;

/** How a run ended. It is for the plan's owner, who may read everything. */
public sealed interface Outcome {
    /** It ran to its end. */
    record Ok() implements Outcome {}

    /** A call was not allowed. */
    record Denied(Position position, String tool, String reason) implements Outcome {}

    /** An exception that no handler caught. */
    record Failed(Optional<Position> position, String type, String message) implements Outcome {}

    /** A limit was reached. */
    record Spent(Optional<Position> position, String message) implements Outcome {}

    /** The world was gone in the middle of a call; nobody can say what came of that call. */
    record Lost(Position position, String why) implements Outcome {}

    /** It was not begun: it can be read, and cannot be run. */
    record Refused(Position position, String message) implements Outcome {}
}
