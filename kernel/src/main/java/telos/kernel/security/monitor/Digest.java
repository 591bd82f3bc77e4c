package telos.kernel.security.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import telos.kernel.security.Sha256;

/** SHA-256 over texts and numbers, each with its length, so that no two lists of them run together. */
final class Digest {
    private final MessageDigest hash = Sha256.digest();

    Digest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        hash.update(bytes);
        return this;
    }

    Digest number(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            hash.update((byte) (number >>> shift));
        }
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(hash.digest());
    }
}
