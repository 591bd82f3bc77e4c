package telos.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the house, and what holds on all of them; ARCHITECTURE.md has the same rules in words. */
class ArchitectureTest {
    /** A folder, and the modules that its classes may use. */
    record Module(String folder, String name, List<String> mayUse) {
        String root() {
            return "telos." + name;
        }
    }

    /** Of {@code telos.server}: what builds the daemon, and what opens its keys without one. */
    private static final Set<String> COMPOSITION = Set.of("Daemon", "Books", "Network", "OfflineKeys");

    private static final List<Module> MODULES = List.of(
            new Module("kernel", "kernel", List.of()),
            new Module("drivers/devices", "devices", List.of("kernel")),
            new Module("drivers/tools", "tools", List.of("kernel", "devices")),
            new Module("drivers/upstream", "upstream", List.of("kernel")),
            new Module("drivers/storage", "storage", List.of("kernel")),
            new Module("services/inference", "inference", List.of("kernel", "devices")),
            new Module("services/agents", "agents", List.of("kernel")),
            new Module("services/programs", "programs", List.of("kernel", "devices")),
            new Module("services/plans", "plans", List.of("kernel")),
            new Module("services/training", "training", List.of("kernel", "devices", "tools", "inference")),
            new Module(
                    "shell/server",
                    "server",
                    List.of(
                            "kernel",
                            "devices",
                            "tools",
                            "upstream",
                            "storage",
                            "inference",
                            "agents",
                            "programs",
                            "plans")),
            new Module("shell/cli", "cli", List.of("kernel", "devices", "plans", "server")),
            new Module("lab/simulation", "simulation", List.of("kernel")),
            new Module(
                    "lab/bench",
                    "bench",
                    List.of(
                            "simulation",
                            "kernel",
                            "devices",
                            "tools",
                            "upstream",
                            "inference",
                            "agents",
                            "plans",
                            "server")));

    private static final int LONG_FILE = 400;
    private static final Pattern OURS = Pattern.compile("telos\\.(\\w+).*");
    /** Why a file is long, or that it was generated; "as long as" is no reason. */
    private static final Pattern REASON = Pattern.compile(
            "(?i)\\blong\\b.{0,12}\\bfile|\\bfile\\b.{0,12}\\blong\\b|\\bis long\\b|\\blong,? because|\\bgenerated\\b");

    private static final Pattern BAD_NAME = Pattern.compile(".*(Utils?|Helper|Manager|Impl|Base)");

    private static final Map<Module, JavaClasses> CLASSES = new LinkedHashMap<>();

    static Stream<Module> modules() {
        return MODULES.stream();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("telos"))) {
            folder = folder.getParent();
        }
        return Objects.requireNonNull(folder, "no folder above this one holds the launcher");
    }

    @BeforeAll
    static void read() {
        ClassFileImporter importer = new ClassFileImporter();
        for (Module module : MODULES) {
            Path classes = root().resolve(module.folder()).resolve("target/classes");
            if (Files.isDirectory(classes)) {
                JavaClasses imported = importer.importPath(classes);
                if (!imported.isEmpty()) {
                    CLASSES.put(module, imported);
                }
            }
        }
    }

    private static JavaClasses classes(Module module) {
        JavaClasses classes = CLASSES.get(module);
        Assumptions.assumeTrue(classes != null, module.folder() + " has no classes yet");
        return Objects.requireNonNull(classes);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOnlyModulesBelow(Module module) {
        Set<String> allowed = new HashSet<>(module.mayUse());
        allowed.add(module.name());
        Set<String> crossings = new TreeSet<>();
        for (JavaClass each : classes(module)) {
            assertThat(each.getPackageName()).as("package of " + each.getName()).startsWith(module.root());
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                Matcher target = OURS.matcher(
                        dependency.getTargetClass().getBaseComponentType().getPackageName());
                if (target.matches() && !allowed.contains(target.group(1))) {
                    crossings.add(
                            each.getName() + " → " + dependency.getTargetClass().getName());
                }
            }
        }
        assertThat(crossings).isEmpty();
    }

    @Test
    void theClientSeesOnlyTheServersFacade() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("telos.server.*..")
                .check(classes(module("cli")));
    }

    @Test
    void testsThatDocumentsNameAreThere() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (Module module : MODULES) {
            Path folder = root().resolve(module.folder()).resolve("src/test/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.forEach(file -> tests.add(file.getFileName().toString()));
                }
            }
        }
        try (Stream<Path> files = Files.list(root().resolve("docs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher named = Pattern.compile("`(\\w+Test)`").matcher(Files.readString(file));
                while (named.find()) {
                    assertThat(tests).as(file.getFileName() + " names it").contains(named.group(1) + ".java");
                }
            }
        }
    }

    @Test
    void theKernelIsPure() {
        JavaClasses kernel = classes(module("kernel"));
        noClasses()
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are no part of a pure kernel") {
                    @Override
                    public boolean test(JavaClass target) {
                        String name = target.getBaseComponentType().getName();
                        String owner = target.getBaseComponentType().getPackageName();
                        boolean ours = owner.equals("telos.kernel") || owner.startsWith("telos.kernel.");
                        boolean known = ours || owner.startsWith("java.") || owner.startsWith("org.jspecify.");
                        boolean outside = owner.startsWith("java.io")
                                || owner.startsWith("java.net")
                                || owner.startsWith("java.nio.file")
                                || owner.startsWith("java.nio.channels")
                                || owner.startsWith("java.time.zone")
                                || owner.startsWith("java.lang.foreign")
                                || owner.startsWith("java.util.concurrent.locks");
                        boolean named = Set.of(
                                        "java.lang.Thread",
                                        "java.lang.Process",
                                        "java.lang.ProcessBuilder",
                                        "java.lang.Runtime",
                                        "java.time.Clock",
                                        "java.util.Random",
                                        "java.util.UUID",
                                        "java.util.Timer",
                                        "java.security.SecureRandom",
                                        "java.util.concurrent.ThreadLocalRandom")
                                .contains(name);
                        boolean primitive = owner.isEmpty();
                        return !primitive && !serial(name) && (!known || outside || named);
                    }
                })
                .check(kernel);
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("read a clock, chance or the environment") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        String method = call.getTargetOwner().getName() + "." + call.getName();
                        return Set.of(
                                        "java.lang.System.nanoTime",
                                        "java.lang.System.currentTimeMillis",
                                        "java.lang.System.getenv",
                                        "java.lang.System.getProperty",
                                        "java.lang.Math.random",
                                        "java.time.Instant.now",
                                        "java.time.LocalDateTime.now")
                                .contains(method);
                    }
                })
                .check(kernel);
    }

    /** Every exception is serializable by inheritance, and records and enums name these classes. */
    private static boolean serial(String name) {
        return name.equals("java.io.Serializable") || name.equals("java.io.Serial");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesFormNoCycles(Module module) {
        slices().matching(module.root() + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes(module));
    }

    /** What wires the server stands in its root package, and nothing that it wires knows of it; so the rest forms no cycle. */
    @Test
    void theServersCompositionStandsAboveAllThatItWires() {
        Module server = MODULES.stream()
                .filter(each -> each.name().equals("server"))
                .findFirst()
                .orElseThrow();
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        String place = type.getPackageName();
                        if (!place.startsWith(server.root())) {
                            return SliceIdentifier.ignore();
                        }
                        String outer =
                                type.getName().substring(place.length() + 1).split("\\$", 2)[0];
                        return place.equals(server.root())
                                ? SliceIdentifier.of(COMPOSITION.contains(outer) ? "composition" : "what it serves")
                                : SliceIdentifier.of(
                                        place.substring(server.root().length() + 1)
                                                .split("\\.", 2)[0]);
                    }

                    @Override
                    public String getDescription() {
                        return "packages of the server, its composition apart";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(classes(server));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void namesAreNounsOfTheDomain(Module module) {
        assertThat(classes(module).stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> BAD_NAME.matcher(name).matches()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageSaysWhatItIs(Module module) throws IOException {
        for (Path folder :
                sources(module).stream().map(Path::getParent).distinct().toList()) {
            Path file = folder.resolve("package-info.java");
            assertThat(file).exists();
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .contains("@NullMarked")
                    .contains("/**");
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void longFilesSayWhy(Module module) throws IOException {
        List<String> unexplained = new ArrayList<>();
        for (Path file : sources(module)) {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > LONG_FILE && !explains(lines)) {
                unexplained.add(file + ": " + lines.size() + " lines, and no comment before its first class says why");
            }
        }
        assertThat(unexplained).isEmpty();
    }

    /** Whether a comment before the first type says why it is long, or that it was generated. */
    private static boolean explains(List<String> lines) {
        for (String line : lines) {
            String text = line.strip();
            boolean comment = text.startsWith("/") || text.startsWith("*");
            if (comment && REASON.matcher(text).find()) {
                return true;
            }
            if (text.startsWith("public ") || text.startsWith("final ") || text.startsWith("class ")) {
                return false;
            }
        }
        return false;
    }

    private static List<Path> sources(Module module) throws IOException {
        Path folder = root().resolve(module.folder()).resolve("src/main/java");
        Assumptions.assumeTrue(Files.isDirectory(folder), module.folder() + " has no sources yet");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .toList();
        }
    }

    private static Module module(String name) {
        return MODULES.stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
