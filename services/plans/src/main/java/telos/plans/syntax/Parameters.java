package telos.plans.syntax;

import java.util.List;
import java.util.Optional;

/**
 * The parameters of a function or a lambda; no name occurs twice.
 *
 * @param positional filled by position or by name; after one with a default all have one
 * @param rest {@code *args}, which takes the positional arguments left over, without a default
 * @param keywordOnly after {@code *} or {@code *args}: filled only by name
 * @param keywords {@code **kwargs}, which takes the keyword arguments left over, without a default
 */
public record Parameters(
        Position position,
        List<Parameter> positional,
        Optional<Parameter> rest,
        List<Parameter> keywordOnly,
        Optional<Parameter> keywords)
        implements Node {
    public Parameters {
        positional = List.copyOf(positional);
        keywordOnly = List.copyOf(keywordOnly);
    }

    /** A lambda's parameter has no annotation. */
    public record Parameter(
            Position position, String name, Optional<Expression> annotation, Optional<Expression> defaultValue)
            implements Node {}
}
