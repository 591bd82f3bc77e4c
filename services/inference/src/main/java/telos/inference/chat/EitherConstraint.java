package telos.inference.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;

/** A text that obeys one of some rules; which one shows as it is written. */
final class EitherConstraint implements Constraint {
    private final List<Constraint> open;
    private @Nullable TokenMask next;

    EitherConstraint(Constraint one, Constraint other) {
        open = new ArrayList<>(List.of(one, other));
    }

    @Override
    public TokenMask allowed() {
        TokenMask all = next;
        if (all == null) {
            all = open.getFirst().allowed();
            for (Constraint each : open.subList(1, open.size())) {
                all = all.or(each.allowed());
            }
            next = all;
        }
        return all;
    }

    @Override
    public boolean settled() {
        return next != null || open.stream().allMatch(Constraint::settled);
    }

    @Override
    public int only() {
        int only = open.getFirst().only();
        return only >= 0 && open.stream().allMatch(each -> each.only() == only) ? only : -1;
    }

    @Override
    public void accept(int token) {
        if (!allowed().allows(token)) {
            throw new IllegalArgumentException("token " + token + " is not allowed here");
        }
        next = null;
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
        next = null;
        open.forEach(each -> each.remaining(tokens));
    }
}
