/**
 * What the daemon keeps of requests after they were answered: responses that may be asked for again or gone on with, and
 * answers to requests that clients may send twice. They lie in a file, and in memory where that cannot be used;
 * both are bounded. Every look-up names the tenant, and none ever sees what is another's.
 */
@NullMarked
package telos.server.records;

import org.jspecify.annotations.NullMarked;
