package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InheritanceTest {
    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static List<String> texts(List<byte[]> bytes) {
        return bytes.stream()
                .map(each -> new String(each, StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void takesOffWhatTheLauncherHasPutOn() {
        assertThat(texts(Inheritance.environment(bytes(
                        "PATH=/bin",
                        "TELOS_LAUNCHER=/x",
                        "TELOS_ROOT=/y",
                        "TELOS_HOME=/z",
                        "JAVA_HOME=/new",
                        "TELOS_WAS_JAVA_HOME=/old",
                        "LC_ALL=C.UTF-8",
                        "TELOS_ADDED= LC_ALL",
                        "EMPTY=",
                        "ODD=\u00ff=\u00fe"))))
                .containsExactly("PATH=/bin", "TELOS_HOME=/z", "JAVA_HOME=/old", "EMPTY=", "ODD=\u00ff=\u00fe");
    }

    @Test
    void passesWordsOnAsTheBytesThatTheyWere() {
        List<byte[]> line = bytes("java", "telos.cli.Main", "exec", "cat", "a\u00ff", "\u00c3\u00a4");
        assertThat(texts(Inheritance.words(List.of("cat", "a\ufffd", "ä"), line)))
                .containsExactly("cat", "a\u00ff", "\u00c3\u00a4");
    }

    @Test
    void passesWordsOnInUtf8WhereTheCommandLineIsAnother() {
        assertThat(texts(Inheritance.words(List.of("cat", "ä"), bytes("something", "else"))))
                .containsExactly("cat", "\u00c3\u00a4");
        assertThat(texts(Inheritance.words(List.of("a", "b", "c"), bytes("c")))).containsExactly("a", "b", "c");
    }
}
