package telos.server;

import java.nio.file.Path;

/**
 * A model file that was found on this machine.
 *
 * @param name what {@code --model} takes
 * @param source whose folder it lies in: built-in, added, Ollama, LM Studio or Hugging Face
 * @param parameters 0 where the file cannot be read
 * @param fits whether it can run in the memory that is available now
 * @param why if not, the reason
 */
public record ModelListing(
        String name,
        Path path,
        String source,
        String architecture,
        long parameters,
        long bytes,
        boolean runs,
        boolean fits,
        String why) {}
