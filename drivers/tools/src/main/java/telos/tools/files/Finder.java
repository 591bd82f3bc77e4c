package telos.tools.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import telos.tools.report.FoundFiles;
import telos.tools.report.LargestFiles;
import telos.tools.report.Unavailable;

/** Finds files below a folder by size or by name. */
public final class Finder {
    private Finder() {}

    /** The largest files by length; a sparse file counts with the length that it shows. */
    public static LargestFiles largest(Place place, int limit) throws Unavailable, InterruptedException {
        return largest(place, limit, Budget.usual());
    }

    static LargestFiles largest(Place place, int limit, Budget budget) throws Unavailable, InterruptedException {
        Path folder = place.folder();
        Comparator<LargestFiles.Row> larger =
                Comparator.comparingLong(LargestFiles.Row::bytes).reversed().thenComparing(LargestFiles.Row::path);
        PriorityQueue<LargestFiles.Row> largest = new PriorityQueue<>(limit + 1, larger.reversed());
        Walk walk = new Walk(place, budget);
        walk.from(folder, entry -> {
            if (entry.isFile()) {
                largest.add(new LargestFiles.Row(entry.attributes().size(), place.shown(folder, entry.path())));
                if (largest.size() > limit) {
                    largest.poll();
                }
            }
            return true;
        });
        List<LargestFiles.Row> rows = largest.stream().sorted(larger).toList();
        return new LargestFiles(rows, place.asked(), walk.cutWhy(Optional.empty()));
    }

    /** Files, folders and links whose name is {@code name}, or matches it as a {@link NamePattern}. */
    public static FoundFiles find(String name, Place place, int limit) throws Unavailable, InterruptedException {
        return find(name, place, limit, Budget.usual());
    }

    static FoundFiles find(String name, Place place, int limit, Budget budget)
            throws Unavailable, InterruptedException {
        if (name.contains("/")) {
            throw new Unavailable(
                    "\"name\" is one file name such as *.java, not " + name + "; give the folder as \"path\"");
        }
        Path folder = place.folder();
        NamePattern pattern = new NamePattern(name);
        List<String> found = new ArrayList<>();
        Walk walk = new Walk(place, budget);
        walk.from(folder, entry -> {
            String last = String.valueOf(entry.path().getFileName());
            if (last.equals(name) || pattern.matches(last)) {
                found.add(place.shown(folder, entry.path()));
            }
            return found.size() <= limit;
        });
        boolean more = found.size() > limit;
        Optional<String> first = more ? Optional.of("the first " + limit + ", there are more") : Optional.empty();
        return new FoundFiles(more ? found.subList(0, limit) : found, place.asked(), walk.cutWhy(first));
    }
}
