package telos.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Processes;
import telos.devices.linux.SimulatedProcesses;
import telos.kernel.scheduling.Shares;

class EntitlementTest {
    private final SimulatedProcesses processes = new SimulatedProcesses();

    private Program program(long weight, int width, int... cpus) {
        CpuSet set = CpuSet.of(cpus);
        int number = processes.start(set, width, SimulatedProcesses.ALWAYS, 0);
        if (!(processes.adopt(number) instanceof Processes.Adopted(var family))) {
            throw new AssertionError(number);
        }
        Request request = new Request(number, "program", Shares.weighing(weight), set, Lever.STOP);
        Program program = new Program(number, request, family, Optional.empty(), 0);
        program.width = width;
        return program;
    }

    @Test
    void leavesWeightsAloneWhereNobodyIsHeldBack() {
        Program heavy = program(300, 2, 0, 1);
        Program light = program(200, 2, 0, 1);
        assertThat(Entitlement.weights(List.of(heavy, light))).isEqualTo(Map.of(heavy, 300L, light, 200L));
    }

    @Test
    void cutsToWhatThreadsFill() {
        Program heavy = program(900, 1, 0, 1);
        Program one = program(100, 1, 0, 1);
        Program other = program(100, 1, 0, 1);
        assertThat(Entitlement.weights(List.of(heavy, one, other)))
                .isEqualTo(Map.of(heavy, 200L, one, 100L, other, 100L));
    }

    @Test
    void cutsToTheCpusThatAreLeftForThoseThatAreBoundToThem() {
        Program heavy = program(300, 1, 0);
        Program light = program(100, 1, 0);
        Program anywhere = program(1, 1, 0, 1);
        Map<Program, Double> shares = Entitlement.shares(List.of(heavy, light, anywhere));
        assertThat(shares.get(heavy)).isCloseTo(0.75, within(1e-9));
        assertThat(shares.get(light)).isCloseTo(0.25, within(1e-9));
        assertThat(shares.get(anywhere)).isCloseTo(1, within(1e-9));
        Map<Program, Long> weights = Entitlement.weights(List.of(heavy, light, anywhere));
        assertThat(weights).isEqualTo(Map.of(heavy, 300L, light, 100L, anywhere, 400L));
    }

    /** Nobody can be given more but by taking from one who has less for its weight. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesNobodyLessThanItCouldHave(long seed) {
        Random random = new Random(seed);
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int[] cpus =
                    random.ints(0, 4).distinct().limit(1 + random.nextInt(3)).toArray();
            programs.add(program(1 + random.nextInt(1000), 1 + random.nextInt(cpus.length), cpus));
        }
        Map<Program, Double> shares = Entitlement.shares(programs);
        for (int region = 1; region < 16; region++) {
            CpuSet cpus = cpus(region);
            assertThat(given(programs, shares, cpus)).isLessThan(cpus.size() + 1e-6);
        }
        for (Program program : programs) {
            double share = shares.getOrDefault(program, 0.0);
            double level = share / program.shares.weight();
            boolean held = share > program.width - 1e-6;
            for (int region = 1; region < 16; region++) {
                CpuSet cpus = cpus(region);
                held |= cpus.contains(program.cpus)
                        && given(programs, shares, cpus) > cpus.size() - 1e-6
                        && programs.stream()
                                .filter(each -> cpus.contains(each.cpus))
                                .allMatch(each ->
                                        shares.getOrDefault(each, 0.0) / each.shares.weight() <= level * (1 + 1e-6));
            }
            assertThat(held).as(program.cpus + " " + share).isTrue();
        }
    }

    private static CpuSet cpus(int bits) {
        CpuSet cpus = CpuSet.of();
        for (int cpu = 0; cpu < 4; cpu++) {
            cpus = (bits >> cpu & 1) != 0 ? cpus.or(CpuSet.of(cpu)) : cpus;
        }
        return cpus;
    }

    private static double given(List<Program> programs, Map<Program, Double> shares, CpuSet cpus) {
        return programs.stream()
                .filter(each -> cpus.contains(each.cpus))
                .mapToDouble(each -> shares.getOrDefault(each, 0.0))
                .sum();
    }
}
