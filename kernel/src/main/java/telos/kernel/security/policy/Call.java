package telos.kernel.security.policy;

import java.util.List;
import telos.kernel.security.Label;

/**
 * A call that is to be decided about. Of some calls only a part is known: their labels lie between a least and a most, and
 * values are {@link Term#UNKNOWN}.
 */
public interface Call {
    String tool();

    /** The names of the arguments, in order. */
    List<String> arguments();

    /** What decided that the call happens, at most. */
    Label context();

    /** The label of an argument and of everything in it, at most; bottom where the call has no such argument. */
    Label label(String argument);

    Term value(String argument);

    /** Whether {@link #context} and {@link #label} are exact; else they are the most that the labels can be. */
    default boolean exact() {
        return true;
    }
}
