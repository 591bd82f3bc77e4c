package telos.simulation;

/**
 * What came of one run that kept all its invariants.
 *
 * @param boundViolations charges, while the policy was not changed, after which two tenants that both waited were further
 *     apart than the bound allows
 * @param widestGap the largest difference, as part of the bound
 * @param longestWait from a request's arrival to its admission, in nanoseconds of virtual time
 * @param requests that ended
 * @param service that was charged
 */
public record ClockRun(long boundViolations, double widestGap, long longestWait, long requests, long service) {}
