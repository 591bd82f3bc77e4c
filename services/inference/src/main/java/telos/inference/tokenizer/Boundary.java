package telos.inference.tokenizer;

/** Where the trainer lets merges happen. */
public enum Boundary {
    /**
     * Only inside a run of letters. Spaces, digits and punctuation stay single tokens, so a name is spelled with the
     * same tokens wherever it stands: a small model can copy it.
     */
    LETTERS,
    /** Inside the words of GPT-2's pre-tokenizer, leading space included. */
    WORDS
}
