package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** Errors and effects that a plan may run into only in some worlds, in places where they are easily overlooked. */
class UnforeseenErrorsTest {
    private static final String WORLD = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    /** What everybody sees of a run, and how it ended for the plan's owner. */
    private record Seen(List<String> sent, Outcome outcome) {}

    private static Seen run(String plan, int secret) {
        try {
            World world = WorldFile.parse("world", WORLD.replace("SECRET", Integer.toString(secret)));
            List<String> sent = new ArrayList<>();
            Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("s = read_secret()\n" + plan);
            Listener listener = new OnEffect((_, arguments) -> sent.add(arguments.toString()));
            return new Seen(sent, Plans.run(parsed.plan(), world, listener, Limits.USUAL));
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What taking an element may raise: for, comprehension, generator, display, call.
                """
                x = 0
                try:
                    if s == 1:
                        for a in zip([1], [1, 2], strict=True): pass
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    if s == 1:
                        [a for a in zip([1], [1, 2], strict=True)]
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    if s == 1:
                        [*zip([1], [1, 2], strict=True)]
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    if s == 1:
                        max(*zip([1], [1, 2], strict=True))
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    if s == 1:
                        a, b = zip([1], [1, 2, 3], strict=True)
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                g = (1 // v for v in [0, 1])
                try:
                    if s == 1:
                        for a in g: pass
                except ZeroDivisionError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                m = map(lambda v: 1 // v, [0, 1])
                try:
                    if s == 1:
                        for a in m: pass
                except ZeroDivisionError:
                    x = 1
                send(x)
                """,
                // What is iterated over changes its size.
                """
                x = 0
                d = {'a': 0}
                try:
                    for k in d:
                        if s == 1: d['b'] = 1
                except RuntimeError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                d = {'a': 0}
                it = iter(d)
                if s == 1: d['b'] = 1
                try:
                    list(it)
                except RuntimeError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                d = {1, 2}
                it = iter(d)
                try:
                    if s == 1:
                        d.add(3)
                        next(it)
                except RuntimeError:
                    x = 1
                send(x)
                """,
                // Functions that iterators call.
                """
                xs = []
                m = map(lambda v: xs.append(v), [1])
                if s == 1:
                    for y in m: pass
                send(len(xs))
                """,
                """
                xs = []
                m = filter(lambda v: xs.append(v), [1])
                if s == 1:
                    for y in m: pass
                send(len(xs))
                """,
                """
                xs = []
                def f(v):
                    xs.append(v)
                m = enumerate(map(f, [1]))
                if s == 1:
                    list(m)
                send(len(xs))
                """,
                // What is raised again.
                """
                x = 0
                try:
                    try:
                        try:
                            raise KeyError('k')
                        except KeyError:
                            try:
                                try:
                                    raise ValueError('v')
                                except ValueError:
                                    raise TypeError('t')
                            except TypeError:
                                pass
                            if s == 1: raise
                    except KeyError:
                        pass
                except ValueError:
                    x = 1
                send(x)
                """,
                // A generator that raised has ended.
                """
                x = 0
                g = (1 // v for v in [0, 1])
                if s == 1:
                    try:
                        next(g)
                    except ZeroDivisionError:
                        pass
                try:
                    next(g)
                except ValueError:
                    x = 1
                except StopIteration:
                    x = 2
                except ZeroDivisionError:
                    x = 3
                send(x)
                """,
                // What an exception holds.
                """
                d = {'k': 0}
                try:
                    raise ValueError(d)
                except ValueError as e:
                    if s == 1:
                        e.args[0]['k'] = 1
                send(d['k'])
                """,
                """
                try:
                    raise ValueError([s])
                except ValueError as e:
                    send(e.args[0][0])
                """,
                """
                xs = []
                if s == 1:
                    try:
                        raise ValueError(xs)
                    except ValueError as e:
                        e.args[0].append(1)
                send(len(xs))
                """,
                // Code that a display or an unpacking runs, as often as a secret says.
                """
                xs = []
                m = map(lambda v: xs.append(0), list(range(s)))
                [*m]
                send(len(xs))
                """,
                """
                xs = []
                m = map(lambda v: xs.append(0), list(range(s)))
                try:
                    a, b = m
                except ValueError:
                    pass
                send(len(xs))
                """,
                """
                xs = []
                m = filter(lambda v: xs.append(0), list(range(s)))
                5 in m
                send(len(xs))
                """,
                // What a 'finally' changed on the way of an exception.
                """
                y = 0
                try:
                    try:
                        if s == 1: raise ValueError
                    finally:
                        y = 'a'
                    y = 0
                except ValueError:
                    pass
                x = 0
                try:
                    y + 1
                except TypeError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    try:
                        if s == 1: raise ValueError
                    finally:
                        x = 1
                except ValueError:
                    pass
                send(x)
                """,
                // The name of a handled exception is unbound when its handler is left, however that is.
                """
                x = 0
                for i in [1]:
                    try:
                        raise ValueError
                    except ValueError as e:
                        if s == 1: break
                try:
                    e
                except NameError:
                    x = 1
                send(x)
                """,
                """
                e = 0
                x = 0
                try:
                    if s == 1:
                        try:
                            raise ValueError
                        except ValueError as e:
                            raise KeyError
                except KeyError:
                    pass
                try:
                    e
                except NameError:
                    x = 1
                send(x)
                """,
                // A list grows while others are gone through with it.
                """
                x = 0
                a = [1]
                b = [1]
                try:
                    for p, q in zip(a, b, strict=True):
                        if s == 1: b.append(2)
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                a = [1]
                b = [1]
                try:
                    [b.append(2) if s == 1 else 0 for p in zip(a, b, strict=True)]
                except ValueError:
                    x = 1
                send(x)
                """,
                // A secret decides in the midst of a loop that it may raise.
                """
                x = 0
                i = 0
                try:
                    while i < s:
                        i += 1
                        if i == 1: raise ValueError
                except ValueError:
                    x = 1
                send(x)
                """,
                // A failure that no handler is for.
                """
                x = 0
                try:
                    datetime.date(2024, 1, s)
                except ValueError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                try:
                    try:
                        1 // s
                    except ValueError:
                        x = 1
                except ZeroDivisionError:
                    x = 2
                send(x)
                """,
                // A secret tells of what kind something is.
                """
                x = 0
                v = None if s else 'a'
                try:
                    v.upper()
                except AttributeError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                v = {} if s else [1]
                try:
                    v.pop(0)
                except KeyError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                v = {} if s else [1]
                m = v.pop
                try:
                    m(0)
                except KeyError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                v = None if s else {}
                try:
                    {**v}
                except TypeError:
                    x = 1
                send(x)
                """,
                """
                xs = []
                class P(BaseModel):
                    upper: object
                v = P(upper=lambda: xs.append(0)) if s == 1 else 'a'
                v.upper()
                send(len(xs))
                """,
                """
                xs = []
                v = None if s else 'abc'
                try:
                    v.startswith(str(xs.append(0)))
                except AttributeError:
                    pass
                send(len(xs))
                """,
                """
                xs = []
                v = (xs.append(0) for q in [1]) if s == 1 else []
                for q in v: pass
                send(len(xs))
                """,
                """
                xs = []
                vs = []
                if s == 1: vs.append(map(lambda v: xs.append(0), [1]))
                for v in vs:
                    list(v)
                send(len(xs))
                """,
                """
                x = 0
                v = [] if s == 1 else map(str, [1])
                try:
                    ''.join(v)
                except OverflowError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                v = True if s == 1 else [1, 2]
                try:
                    {v}
                except RecursionError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                v = {'a': 1} if s == 1 else 1
                try:
                    {q for q in [v]}
                except TypeError:
                    x = 1
                send(x)
                """,
                // A secret chooses what a handler catches.
                """
                x = 0
                E = ValueError if s == 1 else KeyError
                try:
                    raise ValueError
                except E:
                    x = 1
                except ValueError:
                    x = 2
                send(x)
                """,
                """
                xs = []
                def f():
                    xs.append(0)
                    return KeyError
                try:
                    if s == 1: raise ValueError
                except f():
                    pass
                except ValueError:
                    pass
                send(len(xs))
                """,
                // A dictionary grows while it is gone through, in a loop that a secret leaves.
                """
                x = 0
                d = {'a': 0}
                try:
                    for k in d:
                        d['b'] = 1
                        if s == 1: break
                except RuntimeError:
                    x = 1
                send(x)
                """,
                """
                x = 0
                d = {'a': 0}
                for k in d:
                    if s == 1: d['b'] = 1
                    x += 1
                send(x)
                """,
                // What is on its way while the last part of a try statement runs.
                """
                x = 0
                try:
                    try:
                        raise ValueError
                    finally:
                        if s == 1: raise KeyError
                except KeyError:
                    x = 1
                except ValueError:
                    x = 2
                send(x)
                """,
                """
                x = 0
                try:
                    try:
                        raise ValueError
                    finally:
                        if s == 1: [][1]
                    x = 3
                except LookupError:
                    x = 0
                except ValueError:
                    x = 0
                    y = 1
                send(x)
                """,
            })
    void tellNothingOfTheSecret(String plan) {
        List<String> first = run(plan, 0).sent();
        assertThat(run(plan, 1).sent()).isEqualTo(first);
        assertThat(run(plan, 2).sent()).isEqualTo(first);
    }
}
