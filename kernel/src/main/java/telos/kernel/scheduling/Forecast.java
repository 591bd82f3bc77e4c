package telos.kernel.scheduling;

/** Says how long requests will take. Times are in nanoseconds; 0 as long as too little is known. */
public interface Forecast {
    /** From its start to its end, if it goes before all others of the prompts, beside so many sequences that decode. */
    long duration(int prompt, int generated, int company);

    /** By how much it makes others wait in all. */
    long work(int prompt, int generated);

    /** Knows nothing. */
    Forecast BLIND = new Forecast() {
        @Override
        public long duration(int prompt, int generated, int company) {
            return 0;
        }

        @Override
        public long work(int prompt, int generated) {
            return 0;
        }
    };
}
