package telos.tools.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import telos.tools.report.SocketRow;

/**
 * One line of {@code /proc/net/tcp} and its like, see proc_net(5): addresses are hexadecimal, in 32-bit words of the
 * machine's own byte order, ports in plain hexadecimal.
 */
record SocketEntry(String protocol, String local, int localPort, String remote, String state, long inode) {

    /** Empty for the heading and for lines of another form. */
    static Optional<SocketEntry> parse(String protocol, String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 10 || !fields[0].endsWith(":")) {
            return Optional.empty();
        }
        try {
            String[] local = fields[1].split(":", 2);
            String[] remote = fields[2].split(":", 2);
            int localPort = Integer.parseInt(local[1], 16);
            int remotePort = Integer.parseInt(remote[1], 16);
            return Optional.of(new SocketEntry(
                    protocol,
                    address(local[0]) + ":" + localPort,
                    localPort,
                    remotePort == 0 ? "*" : address(remote[0]) + ":" + remotePort,
                    state(protocol, Integer.parseInt(fields[3], 16)),
                    Long.parseLong(fields[9])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | UnknownHostException broken) {
            return Optional.empty();
        }
    }

    SocketRow row(String process) {
        return new SocketRow(protocol, local, remote, state, process);
    }

    private static String address(String hex) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int word = 0; word + 3 < bytes.length; word += 4) {
                swap(bytes, word, word + 3);
                swap(bytes, word + 1, word + 2);
            }
        }
        return bytes.length == 16
                ? "[" + ipv6(bytes) + "]"
                : InetAddress.getByAddress(bytes).getHostAddress();
    }

    private static void swap(byte[] bytes, int a, int b) {
        byte kept = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = kept;
    }

    /** With the longest run of zero groups left out, see RFC 5952; an IPv4 address in disguise is shown as one. */
    private static String ipv6(byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        if (address.getAddress().length == 4) {
            return "::ffff:" + address.getHostAddress();
        }
        String[] groups = address.getHostAddress().split(":");
        int best = -1;
        int longest = 1;
        for (int from = 0; from < groups.length; from++) {
            int to = from;
            while (to < groups.length && groups[to].equals("0")) {
                to++;
            }
            if (to - from > longest) {
                best = from;
                longest = to - from;
            }
        }
        if (best < 0) {
            return String.join(":", groups);
        }
        String head = String.join(":", Arrays.copyOfRange(groups, 0, best));
        String tail = String.join(":", Arrays.copyOfRange(groups, best + longest, groups.length));
        return head + "::" + tail;
    }

    /** A UDP socket that is bound and takes packets from anyone is in the kernel's state "close": it listens. */
    private static String state(String protocol, int code) {
        if (protocol.equals("udp")) {
            return code == 1 ? "connected" : "listening";
        }
        return switch (code) {
            case 1 -> "connected";
            case 2 -> "syn-sent";
            case 3 -> "syn-received";
            case 4 -> "fin-wait-1";
            case 5 -> "fin-wait-2";
            case 6 -> "time-wait";
            case 7 -> "closed";
            case 8 -> "close-wait";
            case 9 -> "last-ack";
            case 10 -> "listening";
            case 11 -> "closing";
            case 12 -> "syn-received";
            default -> "unknown-" + code;
        };
    }
}
