/**
 * Who may use the daemon over the network, and how much: API keys, quotas, and what is kept for each tenant.
 *
 * <p>{@link telos.server.tenants.KeyRing} knows the keys, {@link telos.server.tenants.Allowance} counts what one key has
 * taken, and {@link telos.server.tenants.KeyDesk} answers those who administer them. Counting takes the time as an
 * argument. A key itself must never be stored, logged or shown again after it was made.
 */
@NullMarked
package telos.server.tenants;

import org.jspecify.annotations.NullMarked;
