package telos.bench.injection;

import java.util.SequencedMap;

/** The state that the tools of a suite work on. */
public interface Environment {
    /** Its parts by name; each equals its like in an environment that holds the same. */
    SequencedMap<String, Object> parts();
}
