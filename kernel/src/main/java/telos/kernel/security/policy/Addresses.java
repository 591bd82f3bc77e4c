package telos.kernel.security.policy;

import java.util.Locale;

/**
 * Reads the parts of addresses that rules speak of. Whatever could be read in two ways has no parts, so that nobody is let
 * through by a reader that sees another host than the one that will be reached.
 */
final class Addresses {
    private Addresses() {}

    /** Exactly one {@code @}, a plain name before it and a plain host behind it. */
    static Term domain(String address) {
        int at = address.indexOf('@');
        if (at < 1 || at != address.lastIndexOf('@')) {
            return Term.OTHER;
        }
        for (int i = 0; i < at; i++) {
            char each = address.charAt(i);
            if (each <= ' ' || each > '~' || "\"(),:;<>[\\]".indexOf(each) >= 0) {
                return Term.OTHER;
            }
        }
        return plain(address.substring(at + 1));
    }

    static Term host(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
        if (start < 0) {
            return Term.OTHER;
        }
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        for (int i = 0; i < url.length(); i++) {
            char each = url.charAt(i);
            if (each <= ' ' || each == '\\' || each == 0x7f) {
                return Term.OTHER;
            }
        }
        String authority = url.substring(start, end);
        int colon = authority.indexOf(':');
        if (colon >= 0) {
            String port = authority.substring(colon + 1);
            if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(each -> each >= '0' && each <= '9')) {
                return Term.OTHER;
            }
            authority = authority.substring(0, colon);
        }
        return plain(authority);
    }

    private static Term plain(String host) {
        if (host.isEmpty() || host.length() > 253 || host.startsWith(".") || host.endsWith(".")) {
            return Term.OTHER;
        }
        for (int i = 0; i < host.length(); i++) {
            char each = host.charAt(i);
            boolean fine = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '-'
                    || (each == '.' && host.charAt(i - 1) != '.');
            if (!fine) {
                return Term.OTHER;
            }
        }
        return new Term.Text(host.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a path surely lies in a folder or is it: by its text alone, without {@code ..}, empty or {@code .} steps. Where
     * links lead is not known here.
     */
    static boolean under(String path, String folder) {
        if (path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
            return false;
        }
        String base = folder.length() > 1 && folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        String rest;
        if (path.equals(base)) {
            return true;
        } else if (base.equals("/") && path.startsWith("/")) {
            rest = path.substring(1);
        } else if (base.equals(".") && !path.startsWith("/") && !path.startsWith("~")) {
            rest = path.startsWith("./") ? path.substring(2) : path;
        } else if (path.startsWith(base) && path.charAt(base.length()) == '/') {
            rest = path.substring(base.length() + 1);
        } else {
            return false;
        }
        if (rest.isEmpty()) {
            return true;
        }
        String steps = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        for (String step : steps.split("/", -1)) {
            if (step.isEmpty() || step.equals(".") || step.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
