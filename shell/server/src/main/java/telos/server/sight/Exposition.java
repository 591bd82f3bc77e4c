package telos.server.sight;

/** Writes metrics in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats). */
public final class Exposition {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder();

    /** Begins a metric; its samples follow. */
    public Exposition family(String name, String kind, String help) {
        out.append("# HELP ").append(name).append(' ');
        out.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
        return this;
    }

    /**
     * One value of the metric.
     *
     * @param labels names and values in turn
     */
    public Exposition sample(String name, double value, String... labels) {
        head(name, labels);
        number(value);
        out.append('\n');
        return this;
    }

    /** As above, of a whole number. */
    public Exposition sample(String name, long value, String... labels) {
        head(name, labels);
        out.append(value).append('\n');
        return this;
    }

    private void head(String name, String... labels) {
        out.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escaped(labels[i + 1]);
            out.append('"');
        }
        out.append(labels.length > 0 ? "} " : " ");
    }

    Exposition histogram(String name, Histogram histogram, String... labels) {
        String[] withBound = new String[labels.length + 2];
        System.arraycopy(labels, 0, withBound, 0, labels.length);
        withBound[labels.length] = "le";
        double[] bounds = histogram.bounds();
        long[] cumulative = histogram.cumulative();
        for (int i = 0; i < cumulative.length; i++) {
            withBound[labels.length + 1] = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            sample(name + "_bucket", cumulative[i], withBound);
        }
        sample(name + "_sum", histogram.seconds(), labels);
        return sample(name + "_count", cumulative[cumulative.length - 1], labels);
    }

    private void number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            out.append(value);
        }
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }

    public String text() {
        return out.toString();
    }
}
