package telos.tools.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import telos.tools.report.Unavailable;

/**
 * Goes through all that lies below a folder, nearest first and by name within a folder, so that the same tree always gives
 * the same order. Links are seen but not followed; other file systems are left out, and so is what the kernel makes up.
 */
final class Walk {
    private static final Set<String> MADE_UP = Set.of(
            "proc",
            "sysfs",
            "devtmpfs",
            "devpts",
            "tmpfs",
            "cgroup",
            "cgroup2",
            "mqueue",
            "debugfs",
            "tracefs",
            "securityfs",
            "bpf",
            "pstore",
            "configfs",
            "hugetlbfs",
            "fusectl",
            "binfmt_misc",
            "efivarfs",
            "nsfs");
    private static final List<Path> KERNELS_OWN = List.of(Path.of("/proc"), Path.of("/sys"));

    /** Told of each entry; returns false to end the walk. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(Path entry, BasicFileAttributes attributes) throws InterruptedException;
    }

    private final Place place;
    private final Budget budget;
    private final List<String> otherFileSystems = new ArrayList<>();
    private int unreadable;

    Walk(Place place, Budget budget) {
        this.place = place;
        this.budget = budget;
    }

    /** Walks from a folder without links. A folder that goes away meanwhile is left out. */
    void from(Path folder, Visitor visitor) throws Unavailable, InterruptedException {
        if (KERNELS_OWN.stream().anyMatch(folder::startsWith)) {
            throw new Unavailable(place.asked() + " holds figures of the kernel, not files; name another folder");
        }
        if (!Files.isReadable(folder)) {
            throw new Unavailable(place.asked() + " may not be read: permission denied");
        }
        long device = device(folder);
        Queue<Path> folders = new ArrayDeque<>(List.of(folder));
        for (Path next = folders.poll(); next != null; next = folders.poll()) {
            List<Path> entries = entries(next);
            for (Path entry : entries) {
                try {
                    var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (!visitor.visit(entry, attributes)) {
                        return;
                    }
                    if (attributes.isDirectory() && sameDevice(folder, entry, device)) {
                        folders.add(entry);
                    }
                } catch (IOException gone) {
                    // deleted since it was listed
                }
            }
            if (budget.spent().isPresent()) {
                return;
            }
        }
    }

    private List<Path> entries(Path folder) throws InterruptedException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
                if (!budget.entry()) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException denied) {
            unreadable++;
        }
        entries.sort(null);
        return entries;
    }

    private boolean sameDevice(Path top, Path folder, long device) throws IOException {
        if (device(folder) == device) {
            return true;
        }
        if (!MADE_UP.contains(Files.getFileStore(folder).type())) {
            otherFileSystems.add(place.shown(top, folder));
        }
        return false;
    }

    private static long device(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS) instanceof Long device
                    ? device
                    : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Why not everything was seen: {@code first} if it is there, and what the walk knows; empty if all was seen. */
    Optional<String> cutWhy(Optional<String> first) {
        List<String> reasons = new ArrayList<>();
        first.ifPresent(reasons::add);
        budget.spent().ifPresent(reasons::add);
        if (unreadable > 0) {
            reasons.add(unreadable + (unreadable == 1 ? " folder" : " folders") + " may not be read");
        }
        if (!otherFileSystems.isEmpty()) {
            reasons.add("other file systems left out: "
                    + String.join(" ", otherFileSystems.subList(0, Math.min(5, otherFileSystems.size()))));
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
