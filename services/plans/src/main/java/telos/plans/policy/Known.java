package telos.plans.policy;

import java.util.List;

/** A tool that there is, as far as a check of a policy needs to know. */
public record Known(String name, List<String> arguments, boolean effect) {
    public Known {
        arguments = List.copyOf(arguments);
    }
}
