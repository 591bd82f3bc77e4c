package telos.inference.sampling;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
 * @param logitBias added to the logits of these tokens before anything else looks at them; at most 4096 tokens, each
 *     value from -100 to 100
 * @param repeatable whether the seed was chosen by whoever asked, and not by chance
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
        int maxTokens,
        Map<Integer, Double> logitBias,
        boolean repeatable) {
    public static final int MAX_STOPS = 16;
    public static final int MAX_STOP_LENGTH = 256;
    public static final int MAX_TOKENS = 1 << 20;
    public static final int MAX_BIASED = 4096;

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
        logitBias = Map.copyOf(logitBias);
        if (logitBias.size() > MAX_BIASED) {
            throw new IllegalArgumentException("logit_bias names " + logitBias.size() + " tokens, at most " + MAX_BIASED
                    + " are allowed: leave some out");
        }
        logitBias.forEach((token, bias) -> {
            whole("logit_bias token", token, 0, Integer.MAX_VALUE);
            within("logit_bias of token " + token, bias, -100, 100);
        });
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

    /** Options without bias, and with a seed that means nothing to whoever asked. */
    public SamplingOptions(
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
        this(
                temperature,
                topK,
                topP,
                minP,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                penaltyWindow,
                seed,
                stop,
                maxTokens,
                Map.of(),
                false);
    }

    /** Takes the likeliest token each time. */
    public static SamplingOptions greedy(int maxTokens) {
        return new SamplingOptions(0, 0, 1, 0, 1, 0, 0, 64, 0, List.of(), maxTokens);
    }

    public SamplingOptions withTemperature(double value) {
        return with(next -> next.temperature = value);
    }

    /** The same options with other cuts of the unlikely tail. */
    public SamplingOptions withCuts(int newTopK, double newTopP, double newMinP) {
        return with(next -> {
            next.topK = newTopK;
            next.topP = newTopP;
            next.minP = newMinP;
        });
    }

    /** The same options with other penalties. */
    public SamplingOptions withPenalties(double repetition, double frequency, double presence, int window) {
        return with(next -> {
            next.repetitionPenalty = repetition;
            next.frequencyPenalty = frequency;
            next.presencePenalty = presence;
            next.penaltyWindow = window;
        });
    }

    public SamplingOptions withSeed(long value) {
        return with(next -> {
            next.seed = value;
            next.repeatable = true;
        });
    }

    public SamplingOptions withStop(List<String> value) {
        return with(next -> next.stop = value);
    }

    public SamplingOptions withMaxTokens(int value) {
        return with(next -> next.maxTokens = value);
    }

    public SamplingOptions withLogitBias(Map<Integer, Double> value) {
        return with(next -> next.logitBias = value);
    }

    private SamplingOptions with(Consumer<Draft> change) {
        Draft next = new Draft(this);
        change.accept(next);
        return next.options();
    }

    /** Options that are being changed. */
    private static final class Draft {
        private double temperature;
        private int topK;
        private double topP;
        private double minP;
        private double repetitionPenalty;
        private double frequencyPenalty;
        private double presencePenalty;
        private int penaltyWindow;
        private long seed;
        private List<String> stop;
        private int maxTokens;
        private Map<Integer, Double> logitBias;
        private boolean repeatable;

        private Draft(SamplingOptions from) {
            temperature = from.temperature;
            topK = from.topK;
            topP = from.topP;
            minP = from.minP;
            repetitionPenalty = from.repetitionPenalty;
            frequencyPenalty = from.frequencyPenalty;
            presencePenalty = from.presencePenalty;
            penaltyWindow = from.penaltyWindow;
            seed = from.seed;
            stop = from.stop;
            maxTokens = from.maxTokens;
            logitBias = from.logitBias;
            repeatable = from.repeatable;
        }

        private SamplingOptions options() {
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
                    stop,
                    maxTokens,
                    logitBias,
                    repeatable);
        }
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
