package telos.server.api.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps web pages from reaching the daemon through a browser: a page elsewhere names its own {@code Origin}, and one
 * that rebinds its name to loopback names its own {@code Host}.
 */
final class Strangers {
    /** Any address of this machine's own network (RFC 1122, 3.2.1.3): none of them can be a name that was rebound. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|0:0:0:0:0:0:0:1");

    private final Set<String> names;

    /** Strangers are those who use another name than loopback's or one of these, in lower case. */
    Strangers(Set<String> names) {
        this.names = names.stream().map(Strangers::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Refuses strangers.
     *
     * @param hosts every name that the request calls this machine by
     * @param origins every page that it says it comes from
     */
    void refuse(List<String> hosts, List<String> origins) throws ApiException {
        for (String host : hosts) {
            refuseHost(host);
        }
        for (String origin : origins) {
            if (!isKnown(origin)) {
                throw forbidden("requests from the web page " + shortened(origin) + " are not served");
            }
        }
    }

    private void refuseHost(String host) throws ApiException {
        if (!known(withoutPort(host))) {
            throw forbidden(
                    "requests must name this machine by localhost, [::1] or an address such as 127.0.0.1; this one names "
                            + shortened(host)
                            + " (telos up --allow-host allows a name)");
        }
    }

    private static ApiException forbidden(String why) {
        return ApiException.refused(403, why, "forbidden");
    }

    private boolean known(String given) {
        String name = canonical(given);
        return LOOPBACK.matcher(name).matches() || names.contains(name);
    }

    /** An IPv6 address has many spellings, with brackets and without (RFC 4291, 2.2); this is the one of Java. */
    private static String canonical(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        if (!bracketed && name.indexOf(':') == name.lastIndexOf(':')) {
            return name;
        }
        try {
            String literal = bracketed ? name.substring(1, name.length() - 1) : name;
            return InetAddress.ofLiteral(literal.replaceFirst("%.*", "")).getHostAddress();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private boolean isKnown(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && known(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > 80 ? printable.substring(0, 80) + "…" : printable;
    }
}
