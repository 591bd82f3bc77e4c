package telos.kernel.scheduling;

/** What an entity is. Below an entity are only entities of later levels; levels may be left out. */
public enum Level {
    ROOT,
    /** Who pays: a key, a user. */
    TENANT,
    /** A program with one purpose, in many steps: an agent, a process group. */
    AGENT,
    /** One step of it: a sequence of tokens. */
    REQUEST,
    /** Commands that run in their order. */
    QUEUE,
    COMMAND
}
