package telos.cli.top;

/** Where samples come from, and what carries out what somebody wants done. Neither fails: what goes wrong is told in text. */
public interface Source {
    Sample sample();

    /** Stops an agent or a program; returns what came of it. */
    String kill(Row row);

    /** Gives somebody another weight; returns what came of it. */
    String weigh(Row row, long weight);
}
