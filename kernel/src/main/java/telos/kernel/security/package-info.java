/**
 * Labels: how far a value is trusted and who may read it. Every value carries a {@link telos.kernel.security.Label};
 * what is made from several values carries their join, and a sink's {@link telos.kernel.security.Rule} is held against
 * it by {@link telos.kernel.security.FlowCheck}. Nothing here lowers a label but a {@link
 * telos.kernel.security.Grant}, and no reason ever holds a value.
 */
@NullMarked
package telos.kernel.security;

import org.jspecify.annotations.NullMarked;
