package telos.plans.syntax;

/** Anything in the tree: it knows where its first character stands. */
public sealed interface Node
        permits Expression,
                Statement,
                Target,
                Argument,
                Parameters,
                Parameters.Parameter,
                Expression.Part,
                Expression.Entry,
                Expression.Clause,
                Expression.Link,
                Statement.Handler,
                Statement.Member,
                Statement.ImportedName {
    Position position();
}
