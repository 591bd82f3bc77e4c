package telos.plans.planner;

import java.util.List;
import java.util.Map;
import telos.plans.Datum;
import telos.plans.DatumJson;

/** Data as JSON text, and how long that is. */
final class DatumText {
    private DatumText() {}

    static String of(Datum datum) {
        return DatumJson.of(datum).toString();
    }

    /** How many characters its text has at least; nothing is written, and counting ends where it is more than that. */
    static long atLeast(Datum datum, long enough) {
        return switch (datum) {
            case Datum.Nothing _, Datum.Truth _ -> 4;
            case Datum.Whole(var whole) -> Math.max(1, whole.bitLength() / 4);
            case Datum.Real _ -> 3;
            case Datum.Text(String text) -> text.length() + 2L;
            case Datum.Items(List<Datum> values) -> {
                long length = 2;
                for (Datum each : values) {
                    length += atLeast(each, enough);
                    if (length > enough) {
                        yield length;
                    }
                }
                yield length;
            }
            case Datum.Fields fields -> {
                long length = 2;
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    length += each.getKey().length() + 3L + atLeast(each.getValue(), enough);
                    if (length > enough) {
                        yield length;
                    }
                }
                yield length;
            }
        };
    }
}
