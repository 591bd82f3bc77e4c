package telos.server.api.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrangersTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"localhost", "LocalHost:80", "127.0.0.1:7717", "127.0.0.2", "127.9.8.7:1", "[::1]:7717"})
    void servesWhoeverNamesThisMachine(@Nullable String host) {
        assertThatCode(() -> new Strangers(Set.of()).refuse(host == null ? List.of() : List.of(host), List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "evil.example:127.0.0.1",
                "128.0.0.1",
                "127.0.0",
                "localhost.evil.example:7717",
                "[::2]",
                "[::1].evil.example",
                ""
            })
    void refusesWhoeverNamesAnother(String host) {
        assertThatThrownBy(() -> new Strangers(Set.of()).refuse(List.of("localhost", host), List.of()))
                .isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[2001:db8::5]:7717", "[2001:0DB8:0:0::5]", "[fe80::1%25eth0]", "Box.example:80", "10.1.2.3"})
    void servesWhoeverSpellsItsAddressInAnotherWay(String host) {
        Set<String> names = Set.of("2001:db8:0:0:0:0:0:5", "[fe80::1]", "box.example", "10.1.2.3");
        assertThatCode(() -> new Strangers(names).refuse(List.of(host), List.of()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Strangers(names).refuse(List.of("[2001:db8::6]"), List.of()))
                .isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.2:8000", "http://[::1]"})
    void servesPagesOfThisMachine(String origin) {
        assertThatCode(() -> new Strangers(Set.of()).refuse(List.of(), List.of(origin)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://127.0.0.1.evil.example", "null", "::", "http://10.0.0.1"})
    void refusesPagesFromElsewhere(String origin) {
        assertThatThrownBy(
                        () -> new Strangers(Set.of()).refuse(List.of("localhost"), List.of("http://localhost", origin)))
                .isInstanceOf(ApiException.class);
    }
}
