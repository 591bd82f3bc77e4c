package telos.inference.tokenizer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** GPT-2's spelling of bytes as printable characters: each of the 256 bytes is one character of the Basic Latin to Latin Extended-A range. */
final class ByteAlphabet {
    private static final char[] SPELLING = new char[256];
    private static final short[] BYTE_OF = new short[512];

    static {
        Arrays.fill(BYTE_OF, (short) -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            SPELLING[b] = (char) (printable ? b : next++);
            BYTE_OF[SPELLING[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    static char spell(int unsignedByte) {
        return SPELLING[unsignedByte];
    }

    static String spell(byte[] bytes) {
        char[] out = new char[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = SPELLING[bytes[i] & 0xFF];
        }
        return new String(out);
    }

    /** The bytes that the token spells, or null when it holds a character outside the alphabet. */
    static byte @Nullable [] bytes(String token) {
        byte[] out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTE_OF.length || BYTE_OF[c] < 0) {
                return null;
            }
            out[i] = (byte) BYTE_OF[c];
        }
        return out;
    }
}
