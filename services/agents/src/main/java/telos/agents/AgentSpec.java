package telos.agents;

import java.util.List;
import java.util.Objects;

/**
 * What an agent is before it runs: its name, its model, the tools it may see, its limits and its standing instructions.
 *
 * @param model empty means the daemon's default
 * @param tools names; empty means every tool
 * @param instructions empty means none
 */
public record AgentSpec(String name, String model, List<String> tools, Limits limits, String instructions) {
    public static final AgentSpec OPERATOR = new AgentSpec("operator", "", List.of(), Limits.DEFAULT, "");

    public AgentSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        tools = List.copyOf(tools);
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(instructions, "instructions");
    }

    public AgentSpec withModel(String model) {
        return new AgentSpec(name, model, tools, limits, instructions);
    }
}
