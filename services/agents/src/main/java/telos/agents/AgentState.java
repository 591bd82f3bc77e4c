package telos.agents;

/** Where an agent is in its life. */
public enum AgentState {
    READY,
    RUNNING,
    WAITING_FOR_MODEL,
    WAITING_FOR_TOOL,
    ENDED
}
