/**
 * Agents as processes: what one is told ({@link telos.agents.AgentSpec}), one at work ({@link telos.agents.Agent}), and
 * the table of all of them. An agent reaches models and tools by system call only; nothing here may touch a device, a
 * tool or an engine. One agent's fault ends that agent and no other.
 */
@NullMarked
package telos.agents;

import org.jspecify.annotations.NullMarked;
