package telos.server.tenants;

import java.util.random.RandomGenerator;
import telos.kernel.security.Sha256;

/**
 * An API key in clear text: "tk-" and 43 letters or digits, of more than 250 bits that nobody can guess. That is why one
 * round of SHA-256 keeps it at rest: slow hashes are for passwords, which can be guessed one by one.
 */
record Secret(String text) {
    static final String PREFIX = "tk-";
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 43;
    private static final int SHOWN = 4;

    /** @param chance must be fit for secrets */
    static Secret fresh(RandomGenerator chance) {
        return new Secret(PREFIX + letters(chance, LENGTH));
    }

    static String letters(RandomGenerator chance, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    /** Enough to tell keys apart, and too little to use. */
    String hint() {
        return text.substring(0, PREFIX.length() + SHOWN) + "…";
    }

    /** SHA-256 of the text, in hexadecimal. */
    String hash() {
        return Sha256.hex(text);
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
