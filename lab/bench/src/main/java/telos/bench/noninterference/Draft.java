package telos.bench.noninterference;

import java.util.Random;

/** The text of a plan that is being written, and the chance that decides what comes next. */
final class Draft {
    private static final String[] INTS = {"a", "b", "c", "n", "m"};
    private static final String[] TEXTS = {"t", "u", "w"};
    private static final String[] LISTS = {"xs", "ys", "zs"};
    private static final String[] DICTS = {"d", "e"};

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private int indent;
    private int fresh;
    private boolean mail;

    Draft(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    /** Whether to write what may fail. */
    boolean risky() {
        return oneIn(6);
    }

    String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    /** A variable that holds a whole number throughout. */
    String number() {
        return pick(INTS);
    }

    String text() {
        return pick(TEXTS);
    }

    String list() {
        return pick(LISTS);
    }

    String dict() {
        return pick(DICTS);
    }

    String[] numbers() {
        return INTS.clone();
    }

    String[] texts() {
        return TEXTS.clone();
    }

    String[] lists() {
        return LISTS.clone();
    }

    /** From now on there is a list of mails, {@code ms}. */
    void giveMail() {
        mail = true;
    }

    boolean hasMail() {
        return mail;
    }

    /** A name that no other has. */
    String fresh(String stem) {
        return stem + fresh++;
    }

    String digit(int bound) {
        return Integer.toString(random.nextInt(bound));
    }

    String quoted() {
        return "\"" + pick("x", "yy", "p", "q", "zap") + "\"";
    }

    void line(String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    /** What {@code body} writes stands further in. */
    void inside(Runnable body) {
        indent++;
        body.run();
        indent--;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
