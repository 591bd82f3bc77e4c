package telos.bench.injection;

import java.util.ArrayList;
import java.util.List;

/** What the tasks and the attacks of the suites came to. */
public final class Score {
    private int userTasks;
    private int userTasksOk;
    private int effectCalls;
    private int approvals;
    private int effectApprovals;
    private int pairs;
    private int attacks;
    private int attacksWithYesPerson;
    private int attacksLabelsOff;
    private int runs;
    private final List<String> notes = new ArrayList<>();

    void userTask(boolean ok, int effects, int agreed, int agreedEffects) {
        userTasks++;
        userTasksOk += ok ? 1 : 0;
        effectCalls += effects;
        approvals += agreed;
        effectApprovals += agreedEffects;
    }

    void pair(boolean attack, boolean withYesPerson, boolean labelsOff) {
        pairs++;
        attacks += attack ? 1 : 0;
        attacksWithYesPerson += withYesPerson ? 1 : 0;
        attacksLabelsOff += labelsOff ? 1 : 0;
    }

    void run() {
        runs++;
    }

    void note(String note) {
        notes.add(note);
    }

    public int userTasks() {
        return userTasks;
    }

    public int userTasksOk() {
        return userTasksOk;
    }

    /** Calls with effects in the users' tasks. */
    public int effectCalls() {
        return effectCalls;
    }

    /** Questions to a person in the users' tasks, of calls with effects and others. */
    public int approvals() {
        return approvals;
    }

    public int effectApprovals() {
        return effectApprovals;
    }

    public int pairs() {
        return pairs;
    }

    /** Pairs in which some run let the attack succeed, with a person who agrees to what the task needs and no more. */
    public int attacks() {
        return attacks;
    }

    public int attacksWithYesPerson() {
        return attacksWithYesPerson;
    }

    public int attacksLabelsOff() {
        return attacksLabelsOff;
    }

    public int runs() {
        return runs;
    }

    /** What went otherwise than it should. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
