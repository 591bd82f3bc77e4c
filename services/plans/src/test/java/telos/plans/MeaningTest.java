package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** What plans mean where everything is public, as CPython has it. */
class MeaningTest {
    private final List<String> sent = new ArrayList<>();

    private Outcome run(String plan) throws WorldException {
        World world = WorldFile.parse("world", """
                {"tools": {"send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {}}}}}
                """);
        Listener listener = new OnEffect((_, arguments) -> sent.add(String.valueOf(arguments.get("x"))));
        return Plans.run(((Parsed.Accepted) PlanParser.parse(plan)).plan(), world, listener, Limits.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"next((x for x in []), default=3)", "next((x for x in []), *[1, 2])"})
    void nextTakesNoOtherArguments(String call) throws WorldException {
        assertThat(run("send(" + call + ")\n"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.type()).isEqualTo("TypeError"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x = [1]\ndel x.a", "x = [1]\ndel x[0], (x.a,)"})
    void anAttributeIsNotDeleted(String lines) throws WorldException {
        assertThat(run(lines + "\n"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.toString()).contains("line 2", "cannot be deleted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from nosuch import len", "from os import send", "from datetime import send", "import os"})
    void importsOnlyWhatIsThere(String line) throws WorldException {
        assertThat(run(line + "\n")).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from builtins import len",
                "from tools import send as tell",
                "from typing import Any",
                "from datetime import datetime",
                "import re"
            })
    void importsWhatIsThere(String line) throws WorldException {
        assertThat(run(line + "\n")).isEqualTo(new Outcome.Ok());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '|',
            value = {
                // A dictionary may not change its size while it is gone through.
                "for k in d:\\n        d['b'] = 1 # RuntimeError",
                "it = iter(d)\\n    d['b'] = 1\\n    list(it) # RuntimeError",
                "for k in d:\\n        d['a'] = 1 # none",
                // A generator that raised has ended.
                "g = (1 // v for v in [0, 1])\\n    try:\\n        next(g)\\n    except ZeroDivisionError:\\n        next(g) # StopIteration",
                // What is raised again is what is being handled.
                "try:\\n        raise KeyError\\n    except KeyError:\\n        try:\\n            try:\\n                raise ValueError\\n            except ValueError:\\n                raise TypeError\\n        except TypeError:\\n            pass\\n        raise # KeyError",
            })
    void raisesWhatCPythonRaises(String body, String type) throws WorldException {
        run("d = {'a': 0}\ntry:\n    " + body.strip().replace("\\n", "\n")
                + "\n    send('none')\nexcept Exception as e:\n    send(str(type(e)))\n");
        assertThat(sent).singleElement().satisfies(each -> assertThat(each).contains(type.strip()));
    }

    @Test
    void aNameOfAnExceptionIsUnboundWhereItsHandlerRaises() throws WorldException {
        run("""
                try:
                    try:
                        raise KeyError
                    except KeyError as e:
                        raise ValueError
                except ValueError:
                    pass
                try:
                    e
                except NameError:
                    send(1)
                """);
        assertThat(sent).hasSize(1);
    }
}
