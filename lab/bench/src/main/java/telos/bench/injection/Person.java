package telos.bench.injection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import telos.kernel.security.Verdict;
import telos.plans.Tool;

/** Whoever is asked when a rule does not hold. */
@FunctionalInterface
interface Person {
    /** Agrees to whatever comes. */
    Person YES = (_, _) -> true;

    /** Whether this call, with these arguments, is what the user wants. */
    boolean agrees(Task.Call call, Verdict.Denied why);

    /** Agrees to exactly these calls, to each as often as it is listed. */
    static Person to(Collection<Task.Call> wanted) {
        List<Task.Call> left = new ArrayList<>(wanted);
        return (call, _) -> left.remove(call);
    }

    /**
     * The same person, who is asked about fewer calls: data may decide on a call of these tools only, and of any other
     * it is not even asked.
     */
    default Person within(Set<String> granted) {
        return (call, why) -> (!why.argument().equals(Tool.CALL) || granted.contains(call.tool())) && agrees(call, why);
    }
}
