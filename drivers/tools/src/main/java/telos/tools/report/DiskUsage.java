package telos.tools.report;

import java.util.Objects;

/**
 * The result of {@code disk}, in bytes.
 *
 * @param path as it was asked for
 * @param mount where its file system is mounted
 * @param free what an ordinary user can still write
 */
public record DiskUsage(String path, String mount, long size, long used, long free) implements Report {
    public DiskUsage {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mount, "mount");
    }

    /** Whole percent of what users can have, rounded up as {@code df} does; 0 for a file system without blocks. */
    public int full() {
        double usable = (double) used + free;
        return usable <= 0 ? 0 : (int) Math.min(100, Math.ceil(100.0 * used / usable));
    }

    @Override
    public String render() {
        return "path: " + Printable.name(path) + "\nmount: " + Printable.name(mount) + "\nsize: " + Units.bytes(size)
                + "\nused: " + Units.bytes(used) + "\nfree: " + Units.bytes(free) + "\nfull: " + full() + "%";
    }
}
