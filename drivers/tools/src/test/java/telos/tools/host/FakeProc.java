package telos.tools.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A procfs made of ordinary files, with two CPUs, two hours up. */
record FakeProc(Path root) {
    static FakeProc in(Path root) throws IOException {
        return new FakeProc(root)
                .file("proc/stat", "cpu  1 2 3\ncpu0 1 2 3\ncpu1 1 2 3\nintr 5\nbtime 1767225600\n")
                .file("proc/loadavg", "0.52 0.61 0.70 2/345 6789\n")
                .file("proc/uptime", "7260.55 14000.10\n")
                .file("proc/meminfo", """
                        MemTotal:       16384 kB
                        MemFree:         1024 kB
                        MemAvailable:    4096 kB
                        SwapTotal:       2048 kB
                        SwapFree:        1024 kB
                        """)
                .file("proc/self/mountinfo", "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n")
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nbroken\nann:x:1000:1000::/home/ann:/bin/sh\n");
    }

    FakeProc file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    FakeProc process(long pid, String name, long ticks, long kilobytes) throws IOException {
        return stat(pid, name, ticks, 500)
                .file("proc/" + pid + "/status", "Name:\tx\nUid:\t1000\t1000\nVmRSS:\t  " + kilobytes + " kB\n")
                .file("proc/" + pid + "/cmdline", "/usr/bin/" + name + "\0--flag\0");
    }

    FakeProc stat(long pid, String name, long ticks, long started) throws IOException {
        return file(
                "proc/" + pid + "/stat",
                pid + " (" + name + ") S 1 1 1 0 -1 4194560 100 0 0 0 " + ticks + " 0 0 0 20 0 7 0 " + started
                        + " 1000 200\n");
    }

    /** A host that sees these files; {@code between} happens between two samples, which are 200 ms apart. */
    LinuxHost host(Between between) {
        long[] now = {0};
        return new LinuxHost(
                root,
                span -> {
                    now[0] += span.toNanos();
                    try {
                        between.run();
                    } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                () -> now[0],
                () -> "<6>[    0.000000] Linux version\n<4>[    1.500000] a <b> c\nno level\n");
    }

    LinuxHost host() {
        return host(() -> {});
    }

    @FunctionalInterface
    interface Between {
        void run() throws IOException;
    }
}
