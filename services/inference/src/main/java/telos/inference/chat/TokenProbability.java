package telos.inference.chat;

import java.util.Arrays;
import java.util.List;

/**
 * A token and how likely the model found it: the logarithm of its share by the model's own logits, before bias,
 * penalties, temperature, cuts and constraint. The same request gives the same bits, alone and in company.
 *
 * @param text the token's text by itself; a part of a character becomes U+FFFD, and a control token has its name
 * @param bytes the bytes that it stands for; none for a control token
 * @param logprob at most 0; negative infinity for a token that the model rules out
 * @param alternatives the likeliest tokens in its place, likeliest first, of equals the lowest id first; they have no
 *     alternatives of their own
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into it
public record TokenProbability(String text, byte[] bytes, double logprob, List<TokenProbability> alternatives) {
    public TokenProbability {
        bytes = bytes.clone();
        alternatives = List.copyOf(alternatives);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenProbability that
                && text.equals(that.text)
                && Arrays.equals(bytes, that.bytes)
                && Double.compare(logprob, that.logprob) == 0
                && alternatives.equals(that.alternatives);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * text.hashCode() + Arrays.hashCode(bytes)) + Double.hashCode(logprob);
    }
}
