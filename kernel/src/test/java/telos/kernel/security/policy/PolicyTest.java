package telos.kernel.security.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    @ParameterizedTest
    @CsvSource({
        "/srv/data, /srv/data, true",
        "/srv/data/a/b.txt, /srv/data, true",
        "/srv/data/, /srv/data, true",
        "/srv/data/a, /srv/data/, true",
        "/srv/database, /srv/data, false",
        "/srv/data/../etc, /srv/data, false",
        "/srv/data/./x, /srv/data, false",
        "/srv/data//x, /srv/data, false",
        "srv/data, /srv/data, false",
        "/etc/passwd, /, true",
        "/../x, /, false",
        "notes/a.txt, ., true",
        "./notes, ., true",
        "../notes, ., false",
        "/notes, ., false",
        "~/notes, ., false",
    })
    void tellsWhatSurelyLiesInAFolder(String path, String folder, boolean under) {
        assertThat(Addresses.under(path, folder)).isEqualTo(under);
    }

    @ParameterizedTest
    @CsvSource({
        "bob@Example.COM, example.com",
        "bob@a@example.com, ",
        "Bob <bob@example.com>, ",
        "bob@example.com evil@x.org, ",
        "@example.com, ",
        "bob, ",
        "bob@.com, ",
    })
    void readsTheDomainOfPlainAddressesOnly(String address, String domain) {
        Term expected = domain == null ? Term.OTHER : new Term.Text(domain);
        assertThat(Addresses.domain(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://API.example.com/x?y#z, api.example.com",
        "http://example.com:8080, example.com",
        "https://user@example.com/, ",
        "https://example.com\\@evil.org, ",
        "https://example.com:80:90/, ",
        "ftp://example.com/, ",
        "//example.com, ",
        "https://exa mple.com, ",
        "https://[::1]/, ",
    })
    void readsTheHostOfPlainAddressesOnly(String url, String host) {
        Term expected = host == null ? Term.OTHER : new Term.Text(host);
        assertThat(Addresses.host(url)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "send, send, true",
        "send*, send_all, true",
        "*all, send_all, true",
        "s*d*l, send_all, true",
        "*, x, true",
        "send, sendx, false",
        "a*b, ac, false",
        "**, , true"
    })
    void fitsToolsByStars(String pattern, String tool, boolean fits) {
        assertThat(new ToolPattern(pattern).fits(tool == null ? "" : tool)).isEqualTo(fits);
    }

    @Test
    void notAndOrAreKleenes() {
        assertThat(Truth.not(Truth.VOID)).isEqualTo(Truth.VOID);
        assertThat(Truth.and(Truth.NO, Truth.VOID)).isEqualTo(Truth.NO);
        assertThat(Truth.or(Truth.NO, Truth.VOID)).isEqualTo(Truth.VOID);
        for (int a = 1; a < 8; a++) {
            for (int b = 1; b < 8; b++) {
                int expected = 0;
                for (int x = 1; x < 8; x <<= 1) {
                    for (int y = 1; y < 8; y <<= 1) {
                        if ((a & x) != 0 && (b & y) != 0) {
                            expected |= x == Truth.NO || y == Truth.NO
                                    ? Truth.NO
                                    : x == Truth.VOID || y == Truth.VOID ? Truth.VOID : Truth.YES;
                        }
                    }
                }
                assertThat(Truth.and(a, b)).isEqualTo(expected);
            }
        }
    }
}
