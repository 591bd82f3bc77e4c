package telos.server.monitor;

/**
 * An effect that goes on.
 *
 * @param record its number in the audit
 */
public record UnderWay(String subject, String name, String tool, long record) {}
