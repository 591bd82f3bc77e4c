package telos.inference.tokenizer;

/**
 * Cuts text into the stretches inside which merges may happen. Each is a hand-written scanner of the regular expression
 * that the model was trained with: one pass, no recursion, whatever the text.
 */
interface PreTokenizer {
    /** Hands over consecutive spans that together cover {@code text[from, to)}. */
    void split(String text, int from, int to, Spans spans);

    /** Receives one span of the text at a time. */
    interface Spans {
        void accept(int from, int to);
    }

    /** Whether models with this pre-tokenizer expect the bos token unless their file says otherwise. */
    static boolean startsWithBos(String name) {
        return name.startsWith("llama") || name.startsWith("falcon3");
    }

    /** The scanner for a value of {@code tokenizer.ggml.pre}. */
    static PreTokenizer named(String name) {
        return switch (name) {
            case "gpt-2", "gpt2", "phi-2", "olmo", "jina-es", "jina-de", "roberta-bpe", "mpt" -> new GptScanner();
            case "llama-bpe", "llama3", "llama-v3", "falcon3", "dbrx", "smaug-bpe" -> new LlamaScanner(3);
            case "qwen2", "deepseek-r1-qwen", "stablelm2" -> new LlamaScanner(1);
            case "smollm", "starcoder", "refact", "command-r", "codeshell" -> new DigitScanner(new GptScanner());
            case "default" -> new DefaultScanner(new GptScanner());
            default ->
                throw new TokenizerException("the pre-tokenizer '" + name
                        + "' (tokenizer.ggml.pre) is not known to Telos; known are gpt-2, llama-bpe, qwen2, smollm,"
                        + " default and their aliases");
        };
    }
}
