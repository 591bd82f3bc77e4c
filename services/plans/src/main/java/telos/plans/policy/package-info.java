/**
 * The policy language: a text of rules, limits and tests, read into the kernel's {@link
 * telos.kernel.security.policy.Policy}, put into its one form, and looked through for what cannot be meant. What a text may
 * be is bounded, and what is wrong with it is told with its place and how to mend it. Nothing here decides about a call.
 */
@NullMarked
package telos.plans.policy;

import org.jspecify.annotations.NullMarked;
