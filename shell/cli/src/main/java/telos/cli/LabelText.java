package telos.cli;

import java.util.List;
import telos.cli.wire.Json;

/** A label of the admin API or the audit in words. */
final class LabelText {
    private LabelText() {}

    static String of(Json label) {
        List<String> sources =
                label.at("sources").items().stream().map(each -> each.text("?")).toList();
        String from = String.join(", ", sources) + (label.at("more_sources").flag() ? " and others" : "");
        return brief(label) + (from.isEmpty() ? "" : "; from " + from);
    }

    /** Without its sources. */
    static String brief(Json label) {
        List<String> readers =
                label.at("readers").items().stream().map(each -> each.text("?")).toList();
        long more = label.at("more_readers").number(0);
        String who =
                readers.isEmpty() ? "nobody" : readers.equals(List.of("*")) ? "everyone" : String.join(", ", readers);
        return label.at("integrity").text("?") + ", for " + who + (more > 0 ? " and " + more + " more" : "");
    }
}
