package telos.kernel.scheduling;

import telos.kernel.memory.IsolationKey;

/**
 * How a sequence stands.
 *
 * @param running it holds blocks; else it waits
 * @param length tokens it has, prompt and generated ones together
 * @param computed leading tokens whose keys and values are in its blocks
 * @param blocks blocks it refers to, shared ones included
 */
public record SequenceStatus(
        long sequence,
        IsolationKey key,
        boolean running,
        int length,
        int generated,
        int computed,
        int blocks,
        int preemptions) {}
