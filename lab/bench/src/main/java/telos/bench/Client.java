package telos.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * An official client, made by others, and the small project that tries it. Its project is built apart from Telos and
 * from the others, and it runs in a process of its own.
 *
 * @param name also of its folder under {@code lab/clients}
 * @param about what it is, with its version
 * @param program the package manager that fetches it
 * @param stamp the file whose time says when it was last built
 * @param sources the files and folders that it is built from
 * @param build the command that fetches and builds it, in {@code folder}
 * @param command what starts it
 */
record Client(
        String name,
        String about,
        Program program,
        Path folder,
        Path stamp,
        List<Path> sources,
        List<String> build,
        List<String> command) {

    /** What must be on the machine, and how a person gets it. */
    enum Program {
        NPM("npm", "Node.js 20 or newer with npm (Debian: apt-get install nodejs npm)"),
        MAVEN("mvn", "Maven 3.8.6 or newer (Debian: apt-get install maven)");

        final String file;
        final String need;

        Program(String file, String need) {
            this.file = file;
            this.need = need;
        }
    }

    /** All of them, as they lie under {@code clients}. */
    static List<Client> all(Path clients) {
        return List.of(
                node(clients, "openai-node", "npm openai 6.49.0"),
                node(clients, "anthropic-node", "npm @anthropic-ai/sdk 1.11.0"),
                java(clients, "langchain4j", "LangChain4j 1.19.0"),
                java(clients, "spring-ai", "Spring AI 2.0.1"),
                java(clients, "openai-java", "openai-java 4.100.0"),
                java(clients, "anthropic-java", "anthropic-java 3.11.0"));
    }

    private static Client node(Path clients, String name, String about) {
        Path project = clients.resolve(name);
        return new Client(
                name,
                about,
                Program.NPM,
                project,
                project.resolve("node_modules/.package-lock.json"),
                List.of(project.resolve("package.json"), project.resolve("package-lock.json")),
                List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
                List.of("node", project.resolve("main.mjs").toString()));
    }

    private static Client java(Path clients, String name, String about) {
        Path project = clients.resolve(name);
        Path jar = project.resolve("target/client.jar");
        return new Client(
                name,
                about,
                Program.MAVEN,
                clients,
                jar,
                List.of(
                        clients.resolve("pom.xml"),
                        clients.resolve("checks/src"),
                        project.resolve("pom.xml"),
                        project.resolve("src")),
                List.of("mvn", "-q", "-B", "-pl", name, "-am", "clean", "package"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jar + File.pathSeparator + project.resolve("target/lib/*"),
                        "telos.clients.Main"));
    }
}
