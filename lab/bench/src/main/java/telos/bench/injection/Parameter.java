package telos.bench.injection;

import java.util.Optional;

/** One parameter of a tool, with the value it has when none is given. */
public record Parameter(String name, Optional<Datum> fallback) {}
