package telos.server;

/**
 * What a listing shows of a model.
 *
 * @param source where it was loaded from
 * @param parameters 0 where that is not known
 * @param bytes in memory; 0 where it is not in ours
 * @param context the longest sequence in tokens; 0 where that is not known
 */
public record ModelDescription(
        String name, String source, String architecture, long parameters, long bytes, int context) {}
