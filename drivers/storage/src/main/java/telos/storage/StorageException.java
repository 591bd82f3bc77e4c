package telos.storage;

import java.io.Serial;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** A database file that cannot be used, or an operation on it that failed; the message says how to mend it. */
public final class StorageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean full;

    StorageException(String message) {
        super(message);
        full = false;
    }

    private StorageException(String message, Throwable cause, boolean full) {
        super(message, cause);
        this.full = full;
    }

    /** Whether there is no room: the file has reached its bound, or the disk is full. */
    public boolean full() {
        return full;
    }

    /** What a failure of SQLite means for whoever keeps the file. */
    static StorageException of(Path file, SQLException e) {
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
        String why = switch (code) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> damaged(file);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                file + " may not be written to; give it and its folder back to this user, writable";
            case SQLITE_CANTOPEN -> file + " cannot be opened; check that its folder exists and may be written to";
            case SQLITE_FULL -> file + " cannot grow: it has reached its bound, or the disk is full; free some space";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                file + " is in use by another process; wait for it, or end it, and try again";
            case SQLITE_IOERR -> file + " cannot be read or written (" + e.getMessage() + "); check the disk";
            default -> file + ": " + e.getMessage();
        };
        return new StorageException(why, e, code == SQLiteErrorCode.SQLITE_FULL);
    }

    static StorageException noLibrary(Path file, Throwable cause) {
        return new StorageException(
                file + " cannot be opened: SQLite's library does not load here (" + cause.getMessage()
                        + "); name a folder that programs may be loaded from with -Dorg.sqlite.tmpdir=…",
                cause,
                false);
    }

    static StorageException of(Path file, String why) {
        return new StorageException(file + ": " + why);
    }

    static String damaged(Path file) {
        return file + " is damaged, or is no database; to begin with an empty one, move it away: mv '" + file + "' '"
                + file + ".damaged'";
    }
}
