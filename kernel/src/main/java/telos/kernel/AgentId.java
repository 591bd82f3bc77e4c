package telos.kernel;

/** Names an agent for as long as the daemon lives. */
public record AgentId(long value) {
    @Override
    public String toString() {
        return "agent-" + value;
    }
}
