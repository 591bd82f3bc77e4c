package telos.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred", // CSI: colour
                "\u001b[2J\u001b[H", // CSI: clear, home
                "\u001b]0;title\u0007", // OSC: the window's title
                "\u001b]52;c;cm0gLXJmIC8=\u001b\\", // OSC: into the clipboard
                "\u001b]8;;https://evil.example\u001b\\safe", // OSC: a link under other words
                "\u009b31m", // C1: CSI in one character
                "\u009d0;title\u009c", // C1: OSC in one character
                "\u0090q\u009c", // C1: device control
                "\u0007\b\b\bok", // bell, backspace over what was there
                "denied\rallowed", // over the beginning of the line
                "\u007f", // delete
                "a\u202etxt.exe", // written backwards
                "\u2066a\u2069", // isolates
                "a\u200fb\u061c", // marks of direction
                "a\u2028b", // a line's end that is none
                "\udb40\udc41\udb40\udc42", // tags: text that nobody sees
                "\ud800x" // half a pair
            })
    void nothingSteersATerminal(String text) {
        String plain = PlainText.lines(text);
        assertThat(plain.codePoints().filter(PlainText::steers)).isEmpty();
        assertThat(plain).as("a sign is left").contains("\ufffd");
    }

    @Test
    void keepsEveryOrdinaryText() {
        String text = "naïve 日本語 עברית 👩‍💻 a\tb\nc — “q” …";
        assertThat(PlainText.lines(text)).isSameAs(text);
    }

    @Test
    void aLineIsOneLine() {
        assertThat(PlainText.line("a\nb\tc\u001bd")).isEqualTo("a b c\ufffdd");
    }
}
