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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pay\u200bpal.com",
                "pay\u200cpal.com",
                "pay\u200dpal.com",
                "pay\u2060pal.com",
                "pay\u00adpal.com",
                "pay\u034fpal.com",
                "pay\ufe0fpal.com",
                "pay\u3164pal.com",
                "1\u200d0",
                "a\udb40\udd00b" // a selector of variants
            })
    void nothingHidesInAText(String text) {
        assertThat(PlainText.line(text)).contains("\ufffd");
    }

    @Test
    void keepsEveryOrdinaryText() {
        assertThat(PlainText.lines("می\u200cخواهم ❤\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3 क\u094d\u200dष"))
                .doesNotContain("\ufffd");
        String text = "naïve 日本語 עברית 👩‍💻 a\tb\nc — “q” …";
        assertThat(PlainText.lines(text)).isSameAs(text);
    }

    @Test
    void aLineIsOneLine() {
        assertThat(PlainText.line("a\nb\tc\u001bd")).isEqualTo("a b c\ufffdd");
    }
}
