package telos.plans.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FlowGraphTest {
    private static final Flow READ = new Flow("tool read_mail", "send", "body", "untrusted, for alice", true);
    private static final Flow WROTE = new Flow("the plan itself", "send", "to", "user, for everyone", false);

    @Test
    void whatWasDeniedIsRedAndNothingElseIs() throws Exception {
        Document drawing = parsed(FlowGraph.of(List.of(READ, WROTE), "").svg());
        NodeList curves = drawing.getElementsByTagName("path");
        assertThat(curves.getLength()).isEqualTo(2);
        assertThat(colours(curves)).containsExactlyInAnyOrder("#c62828", "#607d8b");
    }

    @Test
    void sourcesAreLeftOfSinks() throws Exception {
        NodeList boxes = parsed(FlowGraph.of(List.of(READ), "").svg()).getElementsByTagName("g");
        assertThat(boxes.getLength()).isEqualTo(3);
        NodeList all = parsed(FlowGraph.of(List.of(READ), "").svg()).getElementsByTagName("rect");
        assertThat(x(all, 1)).isLessThan(x(all, 2));
    }

    @Test
    void theOrderInWhichThingsHappenedDoesNotMatter() {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            flows.add(new Flow("tool " + i % 7, "sink " + i % 3, "argument " + i % 5, "trusted", i % 11 == 0));
        }
        String first = FlowGraph.of(flows, "why").svg();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(flows, new Random(seed));
            assertThat(FlowGraph.of(flows, "why").svg()).isEqualTo(first);
        }
    }

    @Test
    void hostileNamesAreTextAndNothingElse() throws Exception {
        String hostile =
                "</title><script>alert(1)</script>\"' onload=x &amp; \u202Egnp.exe \u0000\u001b[31m ]]> \uD800";
        String svg = FlowGraph.of(List.of(new Flow(hostile, hostile, hostile, hostile, true)), hostile)
                .svg();
        Document drawing = parsed(svg);
        assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
        assertThat(drawing.getElementsByTagName("path").getLength()).isEqualTo(1);
        assertThat(svg).doesNotContain("\u202E", "\u0000", "\u001b", "<script");
        assertThat(drawing.getElementsByTagName("text").item(2).getTextContent())
                .startsWith("denied: </title>");
    }

    @Test
    void manySourcesAndLongNamesStayBounded() throws Exception {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            flows.add(new Flow("tool " + "x".repeat(200) + i, "send", "body", "untrusted", false));
        }
        String svg = FlowGraph.of(flows, "because ".repeat(10_000)).svg();
        assertThat(svg.length()).isLessThan(100_000);
        parsed(svg);
    }

    @Test
    void nothingFlowedIsADrawingToo() throws Exception {
        assertThat(parsed(FlowGraph.of(List.of(), "").svg())
                        .getElementsByTagName("path")
                        .getLength())
                .isZero();
    }

    private static List<String> colours(NodeList curves) {
        List<String> colours = new ArrayList<>();
        for (int i = 0; i < curves.getLength(); i++) {
            colours.add(curves.item(i).getAttributes().getNamedItem("stroke").getNodeValue());
        }
        return colours;
    }

    private static int x(NodeList boxes, int index) {
        return Integer.parseInt(
                boxes.item(index).getAttributes().getNamedItem("x").getNodeValue());
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
