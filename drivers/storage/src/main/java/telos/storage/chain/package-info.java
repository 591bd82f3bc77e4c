/**
 * A log that can only grow, and in which a change shows: every record holds the hash of the one before. {@link
 * telos.storage.chain.ChainedLog} writes, {@link telos.storage.chain.ChainReader} reads and checks, also while somebody
 * writes. It must never change or lose a record that was written, but for the oldest files, and it says so when it does.
 */
@NullMarked
package telos.storage.chain;

import org.jspecify.annotations.NullMarked;
