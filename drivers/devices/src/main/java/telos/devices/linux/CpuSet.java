package telos.devices.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Some of the machine's CPUs, by their numbers; as text it is the kernel's list format, such as {@code 0-2,5}. */
public final class CpuSet {
    /** More than any machine that Linux runs on has. */
    private static final int MOST = 8192;

    private final BitSet cpus;

    private CpuSet(BitSet cpus) {
        this.cpus = cpus;
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if it is none or names no CPU, with words for whoever wrote it
     */
    public static CpuSet parse(String list) {
        BitSet cpus = new BitSet();
        for (String part : list.strip().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            if (ends.length > 2 || !Arrays.stream(ends).allMatch(end -> end.matches("\\d{1,4}"))) {
                throw new IllegalArgumentException("expected a list of CPUs such as 0 or 0-2,5, found '" + list + "'");
            }
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (first > last || last >= MOST) {
                throw new IllegalArgumentException("'" + part.strip() + "' in '" + list + "' is no range of CPUs");
            }
            cpus.set(first, last + 1);
        }
        return new CpuSet(cpus);
    }

    public static CpuSet of(int... numbers) {
        BitSet cpus = new BitSet();
        Arrays.stream(numbers).forEach(cpus::set);
        return new CpuSet(cpus);
    }

    /** The CPUs that this process may use. */
    public static CpuSet allowed() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    return parse(line.substring(line.indexOf(':') + 1));
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // the JVM's own count has to do
        }
        BitSet cpus = new BitSet();
        cpus.set(0, Runtime.getRuntime().availableProcessors());
        return new CpuSet(cpus);
    }

    public int size() {
        return cpus.cardinality();
    }

    public List<Integer> numbers() {
        return cpus.stream().boxed().toList();
    }

    public boolean contains(CpuSet others) {
        BitSet missing = (BitSet) others.cpus.clone();
        missing.andNot(cpus);
        return missing.isEmpty();
    }

    public boolean intersects(CpuSet others) {
        return cpus.intersects(others.cpus);
    }

    public CpuSet and(CpuSet others) {
        BitSet both = (BitSet) cpus.clone();
        both.and(others.cpus);
        return new CpuSet(both);
    }

    public CpuSet or(CpuSet others) {
        BitSet either = (BitSet) cpus.clone();
        either.or(others.cpus);
        return new CpuSet(either);
    }

    /** One bit for each CPU, the lowest first, as the kernel takes it. */
    byte[] mask(int bytes) {
        return Arrays.copyOf(cpus.toByteArray(), bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && set.cpus.equals(cpus);
    }

    @Override
    public int hashCode() {
        return cpus.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            int end = cpus.nextClearBit(first);
            list.append(list.isEmpty() ? "" : ",").append(first);
            if (end - first > 1) {
                list.append('-').append(end - 1);
            }
            first = cpus.nextSetBit(end);
        }
        return list.toString();
    }
}
