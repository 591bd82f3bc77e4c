package telos.training.curriculum;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes paths of files and folders in all the shapes that people type. */
final class Paths {
    private static final List<String> ROOTS =
            List.of("var", "opt", "srv", "home", "usr", "mnt", "data", "etc", "tmp", "run");

    private final Names names;
    private final List<String> extensions;
    private final List<String> files;
    private final List<String> folders;

    Paths(Names names, List<String> extensions, List<String> files, List<String> folders) {
        this.names = names;
        this.extensions = extensions;
        this.files = files;
        this.folders = folders;
    }

    String extension(RandomGenerator random) {
        return random.nextInt(8) == 0 ? names.word(random) : Names.pick(extensions, random);
    }

    /** A file's name without folders. */
    String fileName(RandomGenerator random) {
        int kind = random.nextInt(100);
        if (kind < 22) {
            return Names.pick(files, random);
        }
        if (kind < 30) {
            return names.stem(random);
        }
        String name = names.stem(random) + "." + extension(random);
        return switch (random.nextInt(14)) {
            case 0 -> "." + name;
            case 1 -> name + "." + (1 + random.nextInt(9));
            case 2 -> name + "." + Names.pick(extensions, random);
            case 3 -> name.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }

    /** A folder as typed. */
    String folder(RandomGenerator random) {
        String path = random.nextInt(100) < 35 ? Names.pick(folders, random) : made(random);
        return random.nextInt(9) == 0 && !path.endsWith("/") ? path + "/" : path;
    }

    private String made(RandomGenerator random) {
        StringBuilder path = new StringBuilder();
        int root = random.nextInt(10);
        path.append(root < 4 ? "/" : root == 4 ? "~/" : root == 5 ? "./" : root == 6 ? "../" : "");
        if (root < 2) {
            path.append(Names.pick(ROOTS, random)).append('/');
        }
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append(i > 0 ? "/" : "")
                    .append(random.nextInt(15) == 0 ? "." : "")
                    .append(names.stem(random));
        }
        return path.toString();
    }

    /** A file as typed. */
    String file(RandomGenerator random) {
        if (random.nextInt(100) < 48) {
            return fileName(random);
        }
        String folder = folder(random);
        return (folder.endsWith("/") ? folder : folder + "/") + fileName(random);
    }

    /** A pattern such as {@code *.java}. */
    String glob(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> names.word(random) + "*";
            case 1 -> "*" + names.word(random) + "*";
            case 2 -> names.word(random) + "*." + extension(random);
            case 3 -> "*_" + names.word(random) + "." + extension(random);
            case 4 -> "*-" + names.word(random) + "." + extension(random);
            case 5 -> names.stem(random) + ".*";
            case 6 -> "*" + Names.capitalised(names.word(random)) + "." + extension(random);
            default -> "*." + extension(random);
        };
    }
}
