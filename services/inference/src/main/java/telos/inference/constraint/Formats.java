package telos.inference.constraint;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of {@code format}, each as a regular expression. Every text of an expression has the format by the standard
 * that JSON Schema names for it (draft 2020-12, validation, section 7.3); where the standard admits odd forms that
 * programs disagree about, the expression leaves them out.
 */
final class Formats {
    private static final String LEAP =
            "(?:[1-9]\\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29";
    private static final String DATE = "(?:[1-9]\\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))|" + LEAP + ")";
    private static final String CLOCK = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?";
    private static final String ZONE = "(?:Z|[+-](?:0\\d|1[0-7]):[0-5]\\d)";
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(?:" + BYTE + "\\.){3}" + BYTE;
    private static final String LABEL = "[a-z](?:[a-z0-9]{0,18}[a-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,4}";
    private static final String DOMAIN = LABEL + "\\.(?:com|org|net|edu|info|de|fr|uk|io)";
    private static final String PATH = "[A-Za-z0-9._~-]*(?:/[A-Za-z0-9._~-]+)*/?";
    private static final String QUERY = "(?:\\?[A-Za-z0-9._~=&-]*)?(?:#[A-Za-z0-9._~-]*)?";
    private static final String URI = "(?:(?:https?|ftp)://" + HOST + "(?::[1-9]\\d{0,3})?(?:/" + PATH + ")?" + QUERY
            + "|urn:[a-z][a-z0-9]{1,10}:[A-Za-z0-9._:-]*[A-Za-z0-9]|mailto:[a-z0-9]{1,20}@" + DOMAIN + ")";
    private static final String GROUP = "[0-9A-Fa-f]{1,4}";
    private static final String POINTER = "(?:/(?:[A-Za-z0-9._-]|~[01])*)*";

    private static final Map<String, String> EXPRESSIONS = Map.ofEntries(
            Map.entry("date", DATE),
            Map.entry("time", CLOCK + ZONE),
            Map.entry("date-time", DATE + "T" + CLOCK + ZONE),
            Map.entry("duration", duration()),
            Map.entry("email", "[a-z0-9](?:[a-z0-9_+-]{0,30}[a-z0-9])?(?:\\.[a-z0-9]{1,20})?@" + DOMAIN),
            Map.entry("idn-email", "[a-z0-9](?:[a-z0-9_+-]{0,30}[a-z0-9])?@" + DOMAIN),
            Map.entry("hostname", HOST),
            Map.entry("idn-hostname", HOST),
            Map.entry("ipv4", IPV4),
            Map.entry("ipv6", ipv6()),
            Map.entry("uri", URI),
            Map.entry("iri", URI),
            Map.entry("uri-reference", "(?:" + URI + "|/?" + PATH + QUERY + ")"),
            Map.entry("iri-reference", "(?:" + URI + "|/?" + PATH + QUERY + ")"),
            Map.entry("uri-template", "(?:/(?:[A-Za-z0-9._~-]+|\\{[a-z][a-z0-9_]*\\}))+"),
            Map.entry("uuid", "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
            Map.entry("json-pointer", POINTER),
            Map.entry("relative-json-pointer", "(?:0|[1-9]\\d{0,3})(?:#|" + POINTER + ")"),
            Map.entry("regex", "[A-Za-z0-9 _-]*"),
            Map.entry("byte", "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"));

    /** Formats that leave a text as it is. */
    private static final Set<String> FREE = Set.of("password", "binary", "string", "text");

    private Formats() {}

    /** The expression that a whole text must match; null when the format is not known. */
    static @Nullable String find(String format) {
        String expression = FREE.contains(format) ? "[^]*" : EXPRESSIONS.get(format);
        return expression == null ? null : "^(?:" + expression + ")$";
    }

    static String known() {
        return String.join(", ", EXPRESSIONS.keySet().stream().sorted().toList());
    }

    /** RFC 3339, appendix A. */
    private static String duration() {
        String n = "(?:0|[1-9]\\d{0,3})";
        String time = "T(?:" + n + "H(?:" + n + "M(?:" + n + "S)?)?|" + n + "M(?:" + n + "S)?|" + n + "S)";
        String days = n + "D";
        String months = n + "M(?:" + days + ")?";
        String years = n + "Y(?:" + months + ")?";
        return "P(?:(?:" + days + "|" + months + "|" + years + ")(?:" + time + ")?|" + time + "|" + n + "W)";
    }

    /** RFC 4291, section 2.2, without the form that ends as IPv4. */
    private static String ipv6() {
        StringBuilder forms = new StringBuilder("(?:" + GROUP + ":){7}" + GROUP);
        for (int before = 0; before <= 6; before++) {
            int after = 6 - before;
            forms.append("|").append(before == 0 ? "" : GROUP + "(?::" + GROUP + "){" + (before - 1) + "}");
            forms.append("::").append(after == 0 ? "" : "(?:" + GROUP + "(?::" + GROUP + "){0," + (after - 1) + "})?");
        }
        return "(?:" + forms + ")";
    }
}
