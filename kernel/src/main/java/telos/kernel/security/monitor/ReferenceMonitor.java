package telos.kernel.security.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Tally;
import telos.kernel.security.policy.Term;

/**
 * Judges attempts by one policy, keeps what each subject took of limits, and what people agreed to. {@link #judge} changes
 * nothing; {@link #begin} takes from the limits and spends the approval, and refuses a judgement of an older policy. Whoever
 * carries effects out lets nothing come between {@code begin} and the effect. Not safe for use by several threads.
 */
public final class ReferenceMonitor {
    private final Map<String, Tally> tallies = new HashMap<>();
    private final Map<String, Approval> approvals = new HashMap<>();
    private Policy policy;
    private String stamp;
    private long version = 1;

    /** Judges by this policy; the stamp tells policies apart, such as a hash of the text. */
    public ReferenceMonitor(Policy policy, String stamp) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.stamp = Objects.requireNonNull(stamp, "stamp");
    }

    /** From now on this is the policy. What was agreed to under the one before is worth nothing. */
    public void replace(Policy newPolicy, String newStamp) {
        policy = Objects.requireNonNull(newPolicy, "newPolicy");
        stamp = Objects.requireNonNull(newStamp, "newStamp");
        version++;
        approvals.clear();
        tallies.clear();
    }

    public String stamp() {
        return stamp;
    }

    /** Of the policy: each one that replaces another has a higher one. */
    public long version() {
        return version;
    }

    /** What becomes of an attempt. */
    public Judgement judge(Attempt attempt) {
        KnownCall call = attempt.call();
        return switch (policy.decide(call, tally(attempt.subject()))) {
            case Decision.Permit(var label, var place) ->
                new Judgement.Allowed(label, place, Optional.empty(), version);
            case Decision.Deny(var label, var reason) -> new Judgement.Refused(label, reason);
            case Decision.Ask(var label, var question) ->
                unknown(call)
                        ? new Judgement.Refused(
                                label,
                                "the policy asks a person, who cannot be shown what " + call.tool()
                                        + " would be given: " + question.why())
                        : new Judgement.Asks(label, question, attempt.digest(version + " " + stamp));
        };
    }

    /**
     * What becomes of an attempt to which somebody has agreed.
     *
     * @param id of the approval; if it is for anything but this attempt, or spent, or too old, the attempt is refused
     * @param now by the clock that {@link #approve} was told the end by
     */
    public Judgement judge(Attempt attempt, String id, long now) {
        Judgement judgement = judge(attempt);
        if (!(judgement instanceof Judgement.Asks(var label, var question, var digest))) {
            return judgement;
        }
        Approval found = approvals.get(id);
        if (found == null) {
            return new Judgement.Refused(label, "the approval " + id + " is spent, or there never was one");
        }
        if (now - found.expires() >= 0) {
            return new Judgement.Refused(label, "the approval " + id + " has expired");
        }
        if (!found.digest().equals(digest)) {
            return new Judgement.Refused(
                    label,
                    "the approval " + id + " is not for this: the caller, the tool, an argument, a label or the policy "
                            + "is not what was agreed to");
        }
        return new Judgement.Allowed(label, question.place(), Optional.of(id), version);
    }

    /** Somebody agrees to what was asked with that digest. */
    public void approve(Approval approval) {
        approvals.put(approval.id(), approval);
    }

    /** The effect is about to be carried out: it takes from the limits, and its approval is spent. */
    public void begin(Attempt attempt, Judgement.Allowed allowed) {
        if (allowed.version() != version) {
            throw new IllegalStateException("the policy has changed since " + attempt.subject() + " was judged");
        }
        if (allowed.approval().isPresent()
                && approvals.remove(allowed.approval().get()) == null) {
            throw new IllegalStateException("the approval " + allowed.approval().get() + " was spent before");
        }
        policy.count(attempt.call(), tally(attempt.subject()), allowed.label());
    }

    /** The approval is not used any more. */
    public void withdraw(String id) {
        approvals.remove(id);
    }

    /** The subject has ended. */
    public void forget(String subject) {
        tallies.remove(subject);
    }

    private Tally tally(String subject) {
        return tallies.computeIfAbsent(subject, _ -> policy.tally());
    }

    private static boolean unknown(KnownCall call) {
        for (String name : call.arguments()) {
            if (unknown(call.value(name))) {
                return true;
            }
        }
        return false;
    }

    private static boolean unknown(@Nullable Term value) {
        return value instanceof Term.Unknown
                || value instanceof Term.Other
                || (value instanceof Term.Items items && items.values().stream().anyMatch(ReferenceMonitor::unknown));
    }
}
