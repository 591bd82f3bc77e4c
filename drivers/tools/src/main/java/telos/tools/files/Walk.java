package telos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import telos.tools.report.Refusals;
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
        boolean visit(Entry entry) throws InterruptedException;
    }

    /**
     * Something in a folder.
     *
     * @param folder that it lies in, open
     */
    record Entry(Path path, BasicFileAttributes attributes, SecureDirectoryStream<Path> folder) {
        boolean isFile() {
            return attributes.isRegularFile();
        }

        /** Its bytes; it is opened where it was found, wherever its path leads by now. */
        InputStream stream() throws IOException {
            return Channels.newInputStream(Steps.file(folder, name(path)));
        }
    }

    private final Place place;
    private final Budget budget;
    private final List<String> otherFileSystems = new ArrayList<>();
    private int unreadable;
    private int leftOut;

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
        Queue<Path> folders = new ArrayDeque<>();
        Visitor all = entry -> {
            if (!visitor.visit(entry)) {
                return false;
            }
            if (entry.attributes().isDirectory() && sameDevice(folder, entry.path(), device)) {
                folders.add(entry.path());
            }
            return true;
        };
        boolean more;
        try (SecureDirectoryStream<Path> first = Steps.folder(folder, place.key())) {
            more = through(first, all);
        } catch (IOException failed) {
            throw Refusals.of(failed, place.asked(), "folder");
        }
        for (Path next = folders.poll(); more && next != null; next = folders.poll()) {
            try (SecureDirectoryStream<Path> stream = Steps.folder(next)) {
                more = through(stream, all);
            } catch (IOException denied) {
                unreadable++;
            }
        }
    }

    /** False if the walk is to end. */
    private boolean through(SecureDirectoryStream<Path> folder, Visitor visitor) throws InterruptedException {
        for (Path entry : entries(folder)) {
            if (!place.guard().mayOpen(entry)) {
                leftOut++;
                continue;
            }
            BasicFileAttributes attributes;
            try {
                attributes = Steps.view(folder, name(entry)).readAttributes();
            } catch (IOException deletedSinceItWasListed) {
                continue;
            }
            if (!visitor.visit(new Entry(entry, attributes, folder))) {
                return false;
            }
        }
        return budget.spent().isEmpty();
    }

    private List<Path> entries(SecureDirectoryStream<Path> folder) throws InterruptedException {
        List<Path> entries = new ArrayList<>();
        try {
            for (Path entry : folder) {
                entries.add(entry);
                if (!budget.entry()) {
                    break;
                }
            }
        } catch (DirectoryIteratorException denied) {
            unreadable++;
        }
        entries.sort(null);
        return entries;
    }

    private static Path name(Path entry) {
        return Objects.requireNonNull(entry.getFileName(), "an entry has a name");
    }

    private boolean sameDevice(Path top, Path folder, long device) {
        if (device(folder) == device) {
            return true;
        }
        try {
            if (!MADE_UP.contains(Files.getFileStore(folder).type())) {
                otherFileSystems.add(place.shown(top, folder));
            }
        } catch (IOException deletedSinceItWasListed) {
            // nothing is left out then
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
        budget.spent()
                .ifPresent(why ->
                        reasons.add(why + ", before all was looked at: name a folder further down to see the rest"));
        if (unreadable > 0) {
            reasons.add(unreadable + (unreadable == 1 ? " folder" : " folders") + " may not be read");
        }
        if (leftOut > 0) {
            reasons.add(leftOut + (leftOut == 1 ? " file or folder" : " files or folders")
                    + " that agents may not read left out");
        }
        if (!otherFileSystems.isEmpty()) {
            reasons.add("other file systems left out: "
                    + String.join(" ", otherFileSystems.subList(0, Math.min(5, otherFileSystems.size()))));
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }
}
