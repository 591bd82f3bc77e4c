package telos.plans.policy;

import org.assertj.core.api.Assertions;

/** Reads texts that must or must not be policies. */
final class Reading {
    private Reading() {}

    static PolicyText accepted(String text) {
        return switch (PolicyParser.read(text)) {
            case PolicyRead.Accepted(PolicyText read) -> read;
            case PolicyRead.Refused(PolicyFault fault) -> Assertions.fail(fault.describe() + "\n" + text);
        };
    }

    static PolicyFault refused(String text) {
        return switch (PolicyParser.read(text)) {
            case PolicyRead.Accepted _ -> Assertions.fail("was accepted: " + text);
            case PolicyRead.Refused(PolicyFault fault) -> fault;
        };
    }
}
