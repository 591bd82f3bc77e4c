/**
 * Policies: what tools may be called with, said by rules over labels and values. A {@link
 * telos.kernel.security.policy.Policy} decides about a {@link telos.kernel.security.policy.Call}: permitted, denied, or a
 * question to a person; what no rule permits is denied. The same evaluation answers for calls of which only a part is
 * known. It never reads a text or a file, and no reason holds a value.
 */
@NullMarked
package telos.kernel.security.policy;

import org.jspecify.annotations.NullMarked;
