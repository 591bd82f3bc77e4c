package telos.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import telos.tools.files.Finder;
import telos.tools.files.Guard;
import telos.tools.files.Lines;
import telos.tools.files.Place;
import telos.tools.files.Target;
import telos.tools.files.TextSearch;
import telos.tools.host.Host;
import telos.tools.report.AgentList;
import telos.tools.report.ProcessList;
import telos.tools.report.ProcessRow;
import telos.tools.report.Report;
import telos.tools.report.SocketList;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/**
 * What each tool does with its checked arguments.
 *
 * @param home what {@code ~} means
 */
record Tools(Host host, TelosView telos, Path home) {
    private static final int MOST_SOCKETS = 190;

    Report run(String name, Arguments given, Path here, Target target, Guard guard)
            throws Unavailable, InterruptedException {
        return switch (name) {
            case "processes" -> processes(given.text("sort"), given.whole("limit"), given.optionalText("name"));
            case "process" -> host.process(given.whole("pid"));
            case "memory" -> host.memory();
            case "load" -> host.load();
            case "disk" -> {
                Place place = place(given, here, target, guard);
                yield host.disk(place.path(), place.asked());
            }
            case "largest" -> Finder.largest(place(given, here, target, guard), given.whole("limit"));
            case "find" -> Finder.find(given.text("name"), place(given, here, target, guard), given.whole("limit"));
            case "head" -> Lines.head(place(given, here, target, guard), given.whole("lines"));
            case "tail" -> Lines.tail(place(given, here, target, guard), given.whole("lines"));
            case "search" ->
                TextSearch.search(given.text("text"), place(given, here, target, guard), given.whole("limit"));
            case "kernel_log" -> host.kernelLog(given.whole("lines"));
            case "sockets" -> sockets(given.text("state"), given.optionalWhole("port"));
            case "agents" -> new AgentList(telos.agents());
            case "blocks" -> telos.blocks();
            default -> throw new IllegalStateException("in the catalogue but not in the toolbox: " + name);
        };
    }

    /** Where a path leads, absolute, and without links as far as it exists; as it was asked for where it is none. */
    Target leads(String asked, Path here) {
        Path path;
        try {
            path = Place.of(asked, here, home).path().toAbsolutePath();
        } catch (Unavailable _) {
            return new Target(asked, Optional.empty()); // running it says what is wrong
        }
        Path missing = path.getFileSystem().getPath("");
        for (Path each = path; each != null; each = each.getParent()) {
            if (Files.exists(each)) {
                try {
                    return Target.of(each.toRealPath().resolve(missing).normalize());
                } catch (IOException _) {
                    break;
                }
            }
            Path name = each.getFileName();
            missing = name == null ? missing : name.resolve(missing);
        }
        return new Target(path.normalize().toString(), Optional.empty());
    }

    private Place place(Arguments given, Path here, Target target, Guard guard) throws Unavailable {
        return Place.of(given.text("path"), here, home).decided(target, guard);
    }

    private ProcessList processes(String sort, int limit, Optional<String> name)
            throws Unavailable, InterruptedException {
        Comparator<ProcessRow> most = sort.equals("cpu")
                ? Comparator.comparingDouble(ProcessRow::cpuPercent).thenComparingLong(ProcessRow::memoryBytes)
                : Comparator.comparingLong(ProcessRow::memoryBytes);
        String part = name.orElse("").toLowerCase(Locale.ROOT);
        List<ProcessRow> all = host.processes().stream()
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(part))
                .sorted(most.reversed().thenComparingLong(ProcessRow::pid))
                .toList();
        return new ProcessList(all.subList(0, Math.min(limit, all.size())), all.size());
    }

    private SocketList sockets(String state, OptionalInt port) throws Unavailable, InterruptedException {
        List<SocketRow> rows = host.sockets().stream()
                .filter(row -> state.equals("all") || row.state().equals(state))
                .filter(row -> port.isEmpty()
                        || row.port() == port.getAsInt()
                        || row.remote().endsWith(":" + port.getAsInt()))
                .toList();
        Optional<String> cut = rows.size() > MOST_SOCKETS
                ? Optional.of("the first " + MOST_SOCKETS + " of " + rows.size())
                : Optional.empty();
        return new SocketList(rows.subList(0, Math.min(MOST_SOCKETS, rows.size())), cut);
    }
}
