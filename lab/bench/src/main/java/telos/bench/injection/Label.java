package telos.bench.injection;

/** Where a value came from and who may read it. */
public record Label(Integrity integrity, Readers readers) {
    public static final Label BOTTOM = new Label(Integrity.USER, Readers.ofEveryone());

    public Label join(Label other) {
        return new Label(
                integrity.compareTo(other.integrity) <= 0 ? integrity : other.integrity,
                readers.intersect(other.readers));
    }
}
