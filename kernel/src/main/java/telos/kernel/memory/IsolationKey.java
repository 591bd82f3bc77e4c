package telos.kernel.memory;

import java.util.Objects;

/**
 * Says whose cached blocks a sequence may see. Blocks are shared under equal keys only. It must come from the trusted
 * side, never from the text of a request: whoever can write it can read by timing what others have asked.
 *
 * @param model the weights (and adapters) that computed the blocks
 * @param tenant on whose behalf
 * @param label the security label of the tokens
 */
public record IsolationKey(String model, String tenant, String label) {
    public IsolationKey {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(label, "label");
    }
}
