package telos.plans.planner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What the two models are told of their parts. */
final class Instructions {
    static final String PLANNER = text("planner.txt");
    static final String READER = text("reader.txt");

    private Instructions() {}

    private static String text(String name) {
        try (InputStream in = Instructions.class.getResourceAsStream("/telos/plans/planner/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the text " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the text " + name + " cannot be read from the program", e);
        }
    }
}
