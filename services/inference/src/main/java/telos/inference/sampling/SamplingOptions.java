package telos.inference.sampling;

import java.util.List;

/**
 * How the next token is chosen. Every value is checked when the options are made, so a sampler never meets a bad one.
 *
 * @param temperature 0 to 2; 0 takes the likeliest token
 * @param topK keep the k likeliest; 0 keeps all
 * @param topP keep the likeliest tokens that together reach this share; above 0, up to 1; 1 keeps all
 * @param minP drop tokens less likely than this share of the likeliest one; 0 to 1; 0 drops none
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens in the window; above 0, up to 10;
 *     1 is none
 * @param frequencyPenalty subtracted once per generated occurrence in the window; -2 to 2
 * @param presencePenalty subtracted once when the token was generated in the window; -2 to 2
 * @param penaltyWindow how many of the last tokens the penalties look at; 0 to 1048576
 * @param seed the only source of chance, together with a token's position
 * @param stop texts that end the answer and are not part of it; at most 16, each 1 to 256 characters
 * @param maxTokens the most tokens to generate; 1 to 1048576
 */
public record SamplingOptions(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        double frequencyPenalty,
        double presencePenalty,
        int penaltyWindow,
        long seed,
        List<String> stop,
        int maxTokens) {
    public static final int MAX_STOPS = 16;
    public static final int MAX_STOP_LENGTH = 256;
    public static final int MAX_TOKENS = 1 << 20;

    public SamplingOptions {
        within("temperature", temperature, 0, 2);
        whole("top_k", topK, 0, Integer.MAX_VALUE);
        positive("top_p", topP, 1);
        within("min_p", minP, 0, 1);
        positive("repetition_penalty", repetitionPenalty, 10);
        within("frequency_penalty", frequencyPenalty, -2, 2);
        within("presence_penalty", presencePenalty, -2, 2);
        whole("penalty_window", penaltyWindow, 0, MAX_TOKENS);
        whole("max_tokens", maxTokens, 1, MAX_TOKENS);
        stop = List.copyOf(stop);
        if (stop.size() > MAX_STOPS) {
            throw new IllegalArgumentException(
                    "stop holds " + stop.size() + " texts, at most " + MAX_STOPS + " are allowed: leave some out");
        }
        for (String text : stop) {
            if (text.isEmpty() || text.length() > MAX_STOP_LENGTH) {
                throw new IllegalArgumentException("a stop text has " + text.length() + " characters: give 1 to "
                        + MAX_STOP_LENGTH + " characters");
            }
        }
    }

    /** Takes the likeliest token each time. */
    public static SamplingOptions greedy(int maxTokens) {
        return new SamplingOptions(0, 0, 1, 0, 1, 0, 0, 64, 0, List.of(), maxTokens);
    }

    public SamplingOptions withTemperature(double value) {
        return new SamplingOptions(
                value,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                stop,
                maxTokens);
    }

    /** The same options with other cuts of the unlikely tail. */
    public SamplingOptions withCuts(int newTopK, double newTopP, double newMinP) {
        return new SamplingOptions(
                temperature,
                newTopK,
                newTopP,
                newMinP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                stop,
                maxTokens);
    }

    /** The same options with other penalties. */
    public SamplingOptions withPenalties(double repetition, double frequency, double presence, int window) {
        return new SamplingOptions(
                temperature, topK, topP, minP, repetition, frequency, presence, window, seed, stop, maxTokens);
    }

    public SamplingOptions withSeed(long value) {
        return new SamplingOptions(
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                value,
                stop,
                maxTokens);
    }

    public SamplingOptions withStop(List<String> value) {
        return new SamplingOptions(
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                value,
                maxTokens);
    }

    boolean penalises() {
        return penaltyWindow > 0 && (repetitionPenalty != 1 || frequencyPenalty != 0 || presencePenalty != 0);
    }

    private static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": give a value from " + plain(low) + " to " + plain(high));
        }
    }

    private static void positive(String name, double value, double high) {
        if (!(value > 0 && value <= high)) {
            throw new IllegalArgumentException(name + " is " + value + ": give a value above 0, up to " + plain(high));
        }
    }

    private static void whole(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": give a whole number from " + low + " to " + high);
        }
    }

    private static String plain(double value) {
        return Long.toString((long) value);
    }
}
