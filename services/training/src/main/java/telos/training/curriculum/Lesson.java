package telos.training.curriculum;

import java.util.Optional;

/**
 * One thing to learn: a request, and what the model is to say.
 *
 * @param call the call that the request means; empty where it is answered without one
 * @param result what the tool gave back, if the lesson goes on that far
 * @param answer what is said after the result, or at once where there is no call; empty where the lesson ends at the call
 */
public record Lesson(String request, Optional<Call> call, Optional<String> result, Optional<String> answer) {

    /** A call; the arguments are compact JSON in schema order. */
    public record Call(String tool, String arguments) {
        /** As the model writes it. */
        public String text() {
            return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}";
        }
    }
}
