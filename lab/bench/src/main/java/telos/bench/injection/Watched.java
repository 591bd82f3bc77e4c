package telos.bench.injection;

import java.util.List;
import telos.kernel.security.Verdict;

/** A person, and whether one was asked about a call that the user's task does not need. */
final class Watched implements Person {
    private final Person person;
    private final List<Task.Call> needed;
    private boolean asked;

    Watched(Person person, List<Task.Call> needed) {
        this.person = person;
        this.needed = List.copyOf(needed);
    }

    @Override
    public boolean agrees(Task.Call call, Verdict.Denied why) {
        asked |= !needed.contains(call);
        return person.agrees(call, why);
    }

    boolean asked() {
        return asked;
    }
}
