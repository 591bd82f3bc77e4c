/**
 * What the daemon tells of its work: metrics, traces and an access log.
 *
 * <p>{@link telos.server.sight.Ledger} opens a {@link telos.server.sight.Visit} for every request and closes it when the
 * request was answered; {@link telos.server.sight.Meters} counts what models did for whom. Measuring must never make a
 * request wait or fail, and nothing that a person or a model wrote is told unless the daemon's owner asks for it.
 */
@NullMarked
package telos.server.sight;

import org.jspecify.annotations.NullMarked;
