package telos.server;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a daemon is to be started.
 *
 * @param home where its state lives
 * @param host an address to listen on
 * @param port 0 takes any free port
 * @param portRequired whether a taken port is an error, or only means that the daemon is reached by its socket alone
 * @param model a name, a path or the address of a model server; empty means the built-in model
 * @param threads that compute; 0 means one for each core
 * @param context the longest sequence in tokens; 0 means what the model was made for
 * @param kvMemoryBytes for KV blocks; 0 means a share of what is free
 * @param idleExit how long without work before it leaves; zero means never
 * @param exposure how it may be reached from elsewhere
 * @param sight what it tells of its work
 * @param clock how it divides its work
 * @param policy what its agents may do: a file, or the name of a policy that comes with Telos; empty for the
 *     file {@code daemon.policy} of its home, or the one for the built-in tools
 */
public record DaemonOptions(
        Path home,
        String host,
        int port,
        boolean portRequired,
        String model,
        int threads,
        int context,
        long kvMemoryBytes,
        Duration idleExit,
        Exposure exposure,
        SightOptions sight,
        ClockOptions clock,
        String policy) {
    public DaemonOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port must be 0 to 65535, was " + port);
        }
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads must be 0 to 1024, was " + threads);
        }
        if (context < 0) {
            throw new IllegalArgumentException("the context must not be negative, was " + context);
        }
        if (kvMemoryBytes < 0) {
            throw new IllegalArgumentException("the KV memory must not be negative, was " + kvMemoryBytes);
        }
    }

    /** For this machine alone. */
    public DaemonOptions(
            Path home,
            String host,
            int port,
            boolean portRequired,
            String model,
            int threads,
            int context,
            long kvMemoryBytes,
            Duration idleExit) {
        this(
                home,
                host,
                port,
                portRequired,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                Exposure.NONE,
                SightOptions.NONE,
                ClockOptions.USUAL,
                "");
    }

    /** The built-in model on the usual port. */
    public static DaemonOptions at(Path home) {
        return new DaemonOptions(home, "127.0.0.1", 7717, false, "", 0, 0, 0, Duration.ZERO);
    }

    public DaemonOptions withPort(int newPort, boolean required) {
        return new DaemonOptions(
                home,
                host,
                newPort,
                required,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                exposure,
                sight,
                clock,
                policy);
    }

    public DaemonOptions withModel(String newModel) {
        return new DaemonOptions(
                home,
                host,
                port,
                portRequired,
                newModel,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                exposure,
                sight,
                clock,
                policy);
    }

    /** Listening on another address. */
    public DaemonOptions withHost(String newHost, Exposure newExposure) {
        return new DaemonOptions(
                home,
                newHost,
                port,
                portRequired,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                newExposure,
                sight,
                clock,
                policy);
    }

    /** Telling this of its work. */
    public DaemonOptions withSight(SightOptions newSight) {
        return new DaemonOptions(
                home,
                host,
                port,
                portRequired,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                exposure,
                newSight,
                clock,
                policy);
    }

    /** Under another policy. */
    public DaemonOptions withPolicy(String newPolicy) {
        return new DaemonOptions(
                home,
                host,
                port,
                portRequired,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                exposure,
                sight,
                clock,
                newPolicy);
    }

    /** Dividing its work like this. */
    public DaemonOptions withClock(ClockOptions newClock) {
        return new DaemonOptions(
                home,
                host,
                port,
                portRequired,
                model,
                threads,
                context,
                kvMemoryBytes,
                idleExit,
                exposure,
                sight,
                newClock,
                policy);
    }
}
