package telos.plans.flows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws a graph as SVG 1.1 without scripts, styles or references to anything outside. The flows between two boxes are one
 * curve, red where any of them was denied; its tooltip lists them.
 */
final class Drawing {
    private static final int WIDTH = 860;
    private static final int BOX = 260;
    private static final int HEIGHT = 40;
    private static final int ROW = 72;
    private static final int TOP = 56;
    private static final int MARGIN = 20;
    private static final int LINE = 18;

    /** Characters that fit into a box, on a curve, and on a line below. */
    private static final int BOX_TEXT = 34;

    private static final int CURVE_TEXT = 30;
    private static final int LINE_TEXT = 118;

    private static final int MOST_BOXES = 60;

    private static final String RED = "#c62828";
    private static final String GREY = "#607d8b";

    private record Ends(String source, String sink) {}

    private final FlowGraph graph;
    private final StringBuilder out = new StringBuilder();

    Drawing(FlowGraph graph) {
        this.graph = graph;
    }

    String svg() {
        List<String> left = bounded(graph.sources());
        List<String> right = bounded(graph.sinks());
        List<String> words = lines(graph.reason());
        int rows = Math.max(1, Math.max(left.size(), right.size()));
        int height = TOP + rows * ROW + words.size() * LINE + MARGIN;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + WIDTH + " " + height + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        out.append("<title>What flowed where</title>\n");
        out.append("<rect width=\"" + WIDTH + "\" height=\"" + height + "\" fill=\"#ffffff\"/>\n");
        text(MARGIN, 32, "start", "#263238", "sources");
        text(WIDTH - MARGIN - BOX, 32, "start", "#263238", "sinks");
        curves(left, right, rows);
        boxes(left, MARGIN, rows);
        boxes(right, WIDTH - MARGIN - BOX, rows);
        int y = TOP + rows * ROW + LINE / 2;
        for (String each : words) {
            text(MARGIN, y, "start", RED, each);
            y += LINE;
        }
        return out.append("</svg>\n").toString();
    }

    private static List<String> bounded(List<String> names) {
        return names.size() <= MOST_BOXES ? names : names.subList(0, MOST_BOXES);
    }

    private static int middle(int index, int count, int rows) {
        return TOP + ROW * index + ROW * (rows - count) / 2 + HEIGHT / 2;
    }

    private void boxes(List<String> names, int x, int rows) {
        for (int i = 0; i < names.size(); i++) {
            int y = middle(i, names.size(), rows);
            out.append("<g><title>" + Markup.text(names.get(i)) + "</title><rect x=\"" + x + "\" y=\""
                    + (y - HEIGHT / 2) + "\" width=\"" + BOX + "\" height=\"" + HEIGHT
                    + "\" rx=\"6\" fill=\"#eceff1\" stroke=\"#90a4ae\"/>\n");
            text(x + BOX / 2, y + 5, "middle", "#263238", Markup.shortened(names.get(i), BOX_TEXT));
            out.append("</g>\n");
        }
    }

    private void curves(List<String> left, List<String> right, int rows) {
        Map<Ends, List<Flow>> curves = new LinkedHashMap<>();
        for (Flow flow : graph.flows()) {
            if (left.contains(flow.source()) && right.contains(flow.sink())) {
                curves.computeIfAbsent(new Ends(flow.source(), flow.sink()), _ -> new ArrayList<>())
                        .add(flow);
            }
        }
        curves.forEach((ends, flows) -> curve(
                middle(left.indexOf(ends.source()), left.size(), rows),
                middle(right.indexOf(ends.sink()), right.size(), rows),
                flows));
    }

    private void curve(int from, int to, List<Flow> flows) {
        boolean denied = flows.stream().anyMatch(Flow::denied);
        int start = MARGIN + BOX;
        int end = WIDTH - MARGIN - BOX;
        int half = (start + end) / 2;
        out.append("<g><title>");
        for (Flow flow : flows) {
            out.append(Markup.text(flow.argument() + ": " + flow.label() + (flow.denied() ? " (denied)" : "")))
                    .append('\n');
        }
        out.append("</title><path d=\"M" + start + " " + from + " C" + half + " " + from + " " + half + " " + to + " "
                + end + " " + to + "\" fill=\"none\" stroke=\"" + (denied ? RED : GREY) + "\" stroke-width=\""
                + (denied ? 3 : 2) + "\"" + (denied ? " stroke-dasharray=\"7 4\"" : "") + "/>\n");
        List<String> arguments = flows.stream()
                .filter(flow -> flow.denied() == denied)
                .map(Flow::argument)
                .distinct()
                .toList();
        String words = (denied ? "denied: " : "") + String.join(", ", arguments);
        // Close to the source, where curves from different sources are still apart.
        text(start + 10, from - 8, "start", denied ? RED : GREY, Markup.shortened(words, CURVE_TEXT));
        out.append("</g>\n");
    }

    private void text(int x, int y, String anchor, String colour, String words) {
        out.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\" fill=\"" + colour + "\">"
                + Markup.text(words) + "</text>\n");
    }

    /** At most four lines, broken between words where there are any. */
    private static List<String> lines(String words) {
        List<String> lines = new ArrayList<>();
        String rest = Markup.shortened(words, 4 * LINE_TEXT).strip();
        while (!rest.isEmpty() && lines.size() < 4) {
            if (rest.length() <= LINE_TEXT) {
                lines.add(rest);
                break;
            }
            int at = rest.lastIndexOf(' ', LINE_TEXT);
            int cut = at > 0 ? at : LINE_TEXT;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        return lines;
    }
}
