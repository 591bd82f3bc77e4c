package telos.devices.linux;

/** The processes of a machine, as a scheduler of programs needs them. */
public interface Processes {
    /** What came of taking a program up. */
    sealed interface Adoption {}

    /** The program, which the caller closes. */
    record Adopted(Family family) implements Adoption {}

    /**
     * It cannot be taken up.
     *
     * @param why a sentence for whoever asked
     */
    record Refused(String why) implements Adoption {}

    /** Takes up the program whose process group this process leads. */
    Adoption adopt(int leader);

    /**
     * Looks through the machine for processes that belong to a family by their group or their parent and that it does
     * not know yet. It costs a look at every process, so it is done now and then.
     */
    void search();
}
