package telos.programs;

/**
 * A time that a program had its CPUs for.
 *
 * @param program its number
 * @param place the name of those that it shared them with, as in {@link Programs.Shared}
 * @param begun in nanoseconds of the clock that {@link System#nanoTime} reads
 * @param nanos how long it lasted
 * @param cpuNanos CPU time that was charged in it
 */
public record Slice(long program, String name, String place, long begun, long nanos, long cpuNanos) {}
