package telos.devices.linux;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A second process that continues what this one has stopped, should this one end, however it ends. It blocks in a read from
 * a pipe that this process alone holds; the kernel closes that when the last thread here is gone, so no stop can come
 * after the continue. Whoever is to be stopped is named to it first. Killed itself, it is started again.
 */
public final class Guardian implements AutoCloseable {
    /** Reads "+ID" and "-ID", ID as kill(2) takes it; at the end of its input it continues those that are left. */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM TSTP TTIN TTOU
            held=' '
            while read -r line; do
              case $line in
                +*) held="$held${line#+} " ;;
                -*) held="${held%% ${line#-} *} ${held#* ${line#-} }" ;;
              esac
            done
            for each in $held; do kill -s CONT -- "$each"; done 2>/dev/null
            """;

    private final Set<Integer> held = new LinkedHashSet<>();
    private @Nullable Process process;
    private @Nullable OutputStream pipe;

    /** Names a process, or a group where it is below zero; false if there is no guardian to be had. */
    synchronized boolean hold(int id) {
        boolean known = !held.add(id);
        if (present() && (known || tell("+" + id + "\n"))) {
            return true;
        }
        return restart();
    }

    /** It need not be continued (any more). */
    synchronized void release(int id) {
        if (held.remove(id) && present()) {
            boolean _ = tell("-" + id + "\n");
        }
    }

    /** Starts it again if it was killed; false if nobody stands by now. */
    public synchronized boolean standsBy() {
        return present() || held.isEmpty() || restart();
    }

    /** The guardian's process; 0 when none was needed so far. */
    public synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    private boolean present() {
        return process != null && process.isAlive();
    }

    private boolean tell(String line) {
        try {
            OutputStream out = pipe;
            if (out == null) {
                return false;
            }
            out.write(line.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean restart() {
        closePipe();
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT, "telos-guardian"));
            builder.directory(new File("/"));
            builder.environment().clear();
            builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
            Process started = builder.start();
            process = started;
            pipe = started.getOutputStream();
        } catch (IOException noShell) {
            System.getLogger(Guardian.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "no guardian can be started, so no program is stopped: {0}",
                            noShell.getMessage());
            return false;
        }
        StringBuilder all = new StringBuilder();
        held.forEach(id -> all.append('+').append(id).append('\n'));
        return tell(all.toString());
    }

    private void closePipe() {
        try {
            if (pipe != null) {
                pipe.close();
            }
        } catch (IOException gone) {
            // nobody reads it
        }
        pipe = null;
    }

    /** The guardian continues whom it still knows, and ends. */
    @Override
    public synchronized void close() {
        closePipe();
        process = null;
    }
}
