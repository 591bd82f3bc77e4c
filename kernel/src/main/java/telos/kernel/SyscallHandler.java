package telos.kernel;

/** The kernel's side of the system call boundary: carries a call out and answers it. */
@FunctionalInterface
public interface SyscallHandler {
    /**
     * Carries out one call for one agent, and returns when it is done.
     *
     * @throws InterruptedException if the agent was killed while it waited
     */
    Reply handle(AgentId agent, Syscall call) throws InterruptedException;
}
