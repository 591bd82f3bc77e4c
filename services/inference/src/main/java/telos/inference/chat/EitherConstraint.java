package telos.inference.chat;

import java.util.ArrayList;
import java.util.List;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/** A text that obeys one of some rules; which one shows as it is written. */
final class EitherConstraint implements Constraint {
    private final List<Constraint> open;

    EitherConstraint(Constraint one, Constraint other) {
        open = new ArrayList<>(List.of(one, other));
    }

    @Override
    public TokenMask allowed() {
        TokenMask all = open.getFirst().allowed();
        for (Constraint each : open.subList(1, open.size())) {
            all = all.or(each.allowed());
        }
        return all;
    }

    @Override
    public void accept(int token) {
        if (!allowed().allows(token)) {
            throw new IllegalArgumentException("token " + token + " is not allowed here");
        }
        open.removeIf(each -> !each.allowed().allows(token));
        open.forEach(each -> each.accept(token));
    }

    @Override
    public boolean complete() {
        return open.stream().anyMatch(Constraint::complete);
    }

    @Override
    public boolean mustEnd() {
        return open.stream().allMatch(Constraint::mustEnd);
    }

    @Override
    public void remaining(int tokens) {
        open.forEach(each -> each.remaining(tokens));
    }
}
