package telos.devices.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuGroupsTest {
    @TempDir
    Path folder;

    private CpuGroups usable(String mounts) {
        if (CpuGroups.find(mounts, Path.of("/proc")) instanceof CpuGroups.Usable(CpuGroups groups)) {
            return groups;
        }
        throw new AssertionError(CpuGroups.find(mounts, Path.of("/proc")));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void weighsInVersionOneWithTheParentAsHeavyAsItsChildren() throws Exception {
        CpuGroups groups = usable("tmpfs / tmpfs rw 0 0\ncgroup " + folder + " cgroup rw,cpu,cpuacct 0 0\n");
        String name = "telos/" + ProcessHandle.current().pid();
        CpuGroup one = groups.open(1, 100);
        CpuGroup nine = groups.open(2, 900);
        assertThat(text(folder.resolve(name + ".1/cpu.shares"))).isEqualTo("1024");
        assertThat(text(folder.resolve(name + ".2/cpu.shares"))).isEqualTo("9216");
        assertThat(text(folder.resolve("telos/cpu.shares"))).isEqualTo("10240");
        nine.weigh(10_000);
        assertThat(text(folder.resolve("telos/cpu.shares"))).isEqualTo("103424");
        assertThat(one.path()).endsWith(name + ".1");
    }

    @Test
    void weighsInVersionTwo() throws Exception {
        Files.writeString(folder.resolve("cgroup.controllers"), "cpuset cpu io\n");
        Files.writeString(folder.resolve("cgroup.subtree_control"), "");
        CpuGroups groups = usable("cgroup2 " + folder + " cgroup2 rw 0 0\n");
        groups.open(7, 1);
        assertThat(text(folder.resolve("cgroup.subtree_control"))).isEqualTo("+cpu");
        assertThat(text(folder.resolve("telos/cgroup.subtree_control"))).isEqualTo("+cpu");
        assertThat(text(folder.resolve("telos/" + ProcessHandle.current().pid() + ".7/cpu.weight")))
                .isEqualTo("1");
    }

    @Test
    void saysWhyThereAreNone() throws Exception {
        assertThat(CpuGroups.find("cgroup2 " + folder + " cgroup2 rw 0 0\n", folder))
                .isEqualTo(new CpuGroups.Unusable("no cpu controller of control groups is mounted"));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(CpuGroups.find("cgroup " + file + " cgroup rw,cpu 0 0\n", folder))
                .isInstanceOfSatisfying(
                        CpuGroups.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains("no group can be made in " + file));
    }

    @Test
    void removesWhatADeadDaemonLeftAndNothingElse() throws Exception {
        Path dead = Files.createDirectories(folder.resolve("telos/999999999.1"));
        Path other = Files.createDirectories(folder.resolve("telos/1.1"));
        CpuGroups groups = usable("cgroup " + folder + " cgroup rw,cpu 0 0\n");
        assertThat(dead).as("nobody needs a group yet").isDirectory();
        groups.open(1, 100);
        assertThat(dead).doesNotExist();
        assertThat(other).isDirectory();
    }

    @Test
    void makesNothingBeforeAProgramNeedsIt() throws Exception {
        Files.writeString(folder.resolve("cgroup.controllers"), "cpu\n");
        Files.writeString(folder.resolve("cgroup.subtree_control"), "");
        usable("cgroup2 " + folder + " cgroup2 rw 0 0\n");
        assertThat(folder.resolve("telos")).doesNotExist();
        assertThat(text(folder.resolve("cgroup.subtree_control"))).isEmpty();
    }

    @Test
    void movesProgramsBackToWhereTheyCameFrom() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path home = Files.createDirectories(root.resolve("user/shell"));
        Path process = Files.createDirectories(folder.resolve("proc/77"));
        Files.writeString(process.resolve("cgroup"), "3:cpuset:/elsewhere\n2:cpu,cpuacct:/user/shell\n");
        if (!(CpuGroups.find("cgroup " + root + " cgroup rw,cpu 0 0\n", folder.resolve("proc"))
                instanceof CpuGroups.Usable(CpuGroups groups))) {
            throw new AssertionError();
        }
        CpuGroup group = groups.open(1, 100);
        group.add(List.of(77));
        assertThat(text(Path.of(group.path(), "cgroup.procs"))).isEqualTo("77");
        group.close();
        assertThat(text(home.resolve("cgroup.procs"))).isEqualTo("77");
        assertThat(root.resolve("cgroup.procs")).doesNotExist();
    }

    @Test
    void holdsAProgramWithItsForksAndLetsThemGo() throws Exception {
        Assumptions.assumeTrue(
                CpuGroups.find() instanceof CpuGroups.Usable, "no control group is writable: " + CpuGroups.find());
        CpuGroups groups = ((CpuGroups.Usable) CpuGroups.find()).groups();
        try (Programs programs = new Programs()) {
            Child child = programs.shell("sleep 1000 & wait");
            CpuGroup group = groups.open(1, 300);
            group.add(List.of(child.process(), Integer.MAX_VALUE));
            assertThat(group.members()).contains(child.process());
            group.close();
            assertThat(Path.of(group.path())).doesNotExist();
            assertThat(Programs.state(child.process())).isEqualTo('S');
        }
    }
}
