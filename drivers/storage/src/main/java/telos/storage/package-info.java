/**
 * Small durable databases: one SQLite file each, in WAL mode, with one writer.
 *
 * <p>{@link telos.storage.Database#open} makes or opens a file and brings it to the newest schema; a file that cannot be
 * used is refused with a message that says how to mend it. This package knows no table of its own, and must never
 * repair, replace or delete a file that somebody may still want.
 */
@NullMarked
package telos.storage;

import org.jspecify.annotations.NullMarked;
