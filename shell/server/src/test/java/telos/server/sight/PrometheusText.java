package telos.server.sight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4 as strictly as the specification allows; complains of what it does not know. */
public record PrometheusText(Map<String, String> kinds, List<Sample> samples) {
    /** One line with a value. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    public static PrometheusText read(String text) {
        PrometheusText read = new PrometheusText(new LinkedHashMap<>(), new ArrayList<>());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        Set<List<Object>> seen = new HashSet<>();
        String family = "";
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty()) {
                continue; // empty lines are allowed, and one follows the last end
            }
            if (line.startsWith("# HELP ")) {
                family = line.split(" ", 4)[2];
                check(NAME.matcher(family).matches() && !read.kinds.containsKey(family), line);
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                check(words.length == 4 && words[2].equals(family), line);
                check(List.of("counter", "gauge", "histogram").contains(words[3]), line);
                read.kinds.put(family, words[3]);
            } else {
                Sample sample = sample(line);
                boolean histogram = "histogram".equals(read.kinds.get(family));
                check(
                        histogram
                                ? sample.name.matches(Pattern.quote(family) + "_(bucket|sum|count)")
                                : sample.name.equals(family),
                        line);
                check(seen.add(List.of(sample.name, sample.labels)), "twice: " + line);
                read.samples.add(sample);
            }
        }
        read.checkHistograms();
        return read;
    }

    private static Sample sample(String line) {
        Matcher matcher = LINE.matcher(line);
        check(matcher.matches(), line);
        Map<String, String> labels = new LinkedHashMap<>();
        String rest = matcher.group(2) == null ? "" : matcher.group(2);
        Matcher label = LABEL.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            check(label.find(at) && label.start() == at, line);
            String value =
                    label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
            check(labels.put(label.group(1), value) == null, line);
            at = label.end();
        }
        String number = matcher.group(3);
        double value = number.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number);
        return new Sample(matcher.group(1), labels, value);
    }

    /** What has been read of one histogram. */
    private static final class Reading {
        private double bound = Double.NEGATIVE_INFINITY;
        private double before;
    }

    private void checkHistograms() {
        Map<List<Object>, Reading> readings = new HashMap<>();
        for (Sample each : samples) {
            Map<String, String> labels = new LinkedHashMap<>(each.labels);
            String le = labels.remove("le");
            if (le != null) {
                List<Object> histogram = List.of(each.name.replaceFirst("_bucket$", ""), labels);
                Reading reading = readings.computeIfAbsent(histogram, _ -> new Reading());
                double next = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                check(next > reading.bound && each.value >= reading.before, each.toString());
                reading.bound = next;
                reading.before = each.value;
            } else if (each.name.endsWith("_count")) {
                Reading reading =
                        readings.getOrDefault(List.of(each.name.replaceFirst("_count$", ""), labels), new Reading());
                check(reading.bound == Double.POSITIVE_INFINITY && reading.before == each.value, each.toString());
            }
        }
    }

    /** The value of a sample that has these labels, names and values in turn. */
    public double value(String name, String... labels) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return samples.stream()
                .filter(each -> each.name.equals(name) && each.labels.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + wanted + " is not among " + samples))
                .value;
    }

    private static void check(boolean holds, String line) {
        if (!holds) {
            throw new IllegalArgumentException(line);
        }
    }
}
