package telos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The folder that holds all state of one daemon: {@code $TELOS_HOME}, by default {@code ~/.telos}. */
record Home(Path folder) {
    /** sun_path holds 108 bytes with its end (unix(7)); some are left for the socket's name. */
    private static final int MAX_SOCKET_BYTES = 100;

    static Home of(Map<String, String> environment, Path directory) throws CommandException {
        String set = environment.getOrDefault("TELOS_HOME", "");
        Home home;
        if (set.isEmpty()) {
            String user = environment.getOrDefault("HOME", "");
            if (user.isEmpty()) {
                throw CommandException.failed(
                        "neither TELOS_HOME nor HOME is set; name a folder for the state: TELOS_HOME=/path telos …");
            }
            home = new Home(directory.resolve(user).resolve(".telos").normalize());
        } else {
            home = new Home(directory.resolve(set).normalize());
        }
        int bytes = home.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SOCKET_BYTES) {
            throw CommandException.failed("the path of the daemon's socket, " + home.socket() + ", has " + bytes
                    + " bytes, and a Unix socket takes at most " + MAX_SOCKET_BYTES
                    + "; set TELOS_HOME to a shorter path");
        }
        return home;
    }

    Path socket() {
        return folder.resolve("telos.sock");
    }

    Path log() {
        return folder.resolve("telos.log");
    }

    Path pid() {
        return folder.resolve("telos.pid");
    }

    Path startLock() {
        return folder.resolve("start.lock");
    }

    Path history() {
        return folder.resolve("history");
    }

    /** What servers said of their tools when the user looked at them. */
    Path pins() {
        return folder.resolve("pins.json");
    }

    /** Models that the user has added. */
    Path models() {
        return folder.resolve("models");
    }

    /** Makes the folder, for this user alone, if it is not there, and checks that it can be written to. */
    void prepare() throws CommandException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path probe = Files.createTempFile(folder, ".write", "");
            Files.delete(probe);
        } catch (FileAlreadyExistsException _) {
            throw CommandException.failed(folder + " is not a folder; set TELOS_HOME to another path");
        } catch (IOException e) {
            throw CommandException.failed("cannot write to " + folder + " (" + reason(e)
                    + "), where Telos keeps its state; set TELOS_HOME to a folder that you may write to");
        }
    }

    /** What a file system said, without the path that it repeats. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
