package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/**
 * A secret, which bob may read, decides whether something is done with what other people's labels are on: what may come of
 * that is foreseen in the world where it is not done.
 */
class MixedLabelsTest {
    private static final String WORLD = """
            {"tools": {
              "mine": {"params": [], "effect": false, "result": NUMBER,
                       "label": {"integrity": "trusted", "readers": ["alice", "bob", "carol"]}},
              "number": {"params": [], "effect": false, "result": 3,
                         "label": {"integrity": "trusted", "readers": ["alice", "dan"]}},
              "text": {"params": [], "effect": false, "result": "b",
                       "label": {"integrity": "trusted", "readers": ["alice"]}},
              "rows": {"params": [], "effect": false, "result": [{"id": 1, "body": "x"}, {"id": 2, "body": "y"}],
                       "label": {"integrity": "trusted", "readers": ["*"]},
                       "labels": {"/*/body": {"integrity": "trusted", "readers": ["alice", "eve"]}}},
              "log": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["bob"]}}},
              "note": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}}}
            """;

    private static final String GIVEN = """
            w = number()
            t = text()
            rs = rows()
            b = rs[0]["body"]
            xs = [1, 2]
            ts = [t, "a"]
            dd = {"id": w}
            st = {1, 2}
            tu = (t, "a")
            it = iter([1, 2])
            def add(z, y=1):
                return z + y
            """;

    private static final List<String> OPERANDS = List.of(
            "w", "t", "rs", "rs[0]", "b", "xs", "ts", "dd", "st", "tu", "it", "log", "None", "[w, None]", "(w, t)");

    private static final List<String> OPERATIONS = listed("""
            A + A ;; A < A ;; A == A ;; len(A) ;; A[0] ;; A['id'] ;; A[A] ;; A[:A] ;; str(A) ;; int(A)
            float(A) ;; list(A) ;; tuple(A) ;; set(A) ;; dict(A) ;; sorted(A) ;; max(A) ;; min(A, A) ;; sum(A)
            A in A ;; A and A ;; [z for z in A] ;; [z + 1 for z in A] ;; {z: 1 for z in A} ;; ','.join(A)
            f'{A}' ;; f'{A:>4}' ;; A.upper() ;; A.get('id') ;; A.get(A) ;; A.setdefault(A, 1) ;; A.append(A)
            A.pop() ;; A.pop(A) ;; A.index(A) ;; A.sort() ;; A.update(A) ;; A.insert(A, 1) ;; A.remove(A)
            A.extend(A) ;; A.items() ;; A.union(A) ;; A % A ;; A * 2 ;; -A ;; round(A) ;; abs(A) ;; divmod(A, A)
            any(A) ;; next(iter(A)) ;; next(A, A) ;; list(map(str, A)) ;; list(map(add, A))
            list(map(add, A, A)) ;; list(filter(len, A)) ;; list(zip(A, A)) ;; list(enumerate(A, A))
            list(reversed(A)) ;; sorted(A, key=log) ;; sorted([1, 2], key=lambda z: A)
            max([1, 2], key=lambda z: A) ;; min(A, key=len) ;; dict.get(A, A) ;; list.append(A, 1)
            str.upper(A) ;; hash(A) ;; add(A) ;; add(*A) ;; add(**A) ;; '%s %d' % (A, A) ;; '{}'.format(A)
            '{:d}'.format(A) ;; A.startswith(A) ;; A.replace('o', A) ;; range(A) ;; chr(A) ;; 'abc'[A] ;; A.x
            isinstance(A, A) ;; (A if A else 1) + 1 ;; [y for z in A for y in z] ;; (lambda z: z[0])(A)
            sorted() ;; max() ;; list(map(sorted, A)) ;; sorted(*A) ;; sum([A, 1]) ;; A is None ;; A.copy() ;; A if w > 2 else 1 // 0 ;; 1 // (A == A)
            ask('q', A)['value'] + 1 ;; list(map(log, [1, 2])) ;; list(filter(log, [1, 2]))
            [z for z in [1, 2] if log(z)] ;; [z for z in [1, 2] if A] ;; {z: A for z in [1, 2] if log(z)}
            any(log(z) for z in [1, 2]) ;; all(A for z in A) ;; list(z for z in [1, 2] if log(z))
            list(enumerate(map(log, [1, 2]))) ;; 5 in map(log, [1, 2]) ;; next(z for z in [1, 2] if log(z))
            next((z for z in A if A), A) ;; list(filter(lambda z: A, [1, 2])) ;; sum(map(lambda z: A, [1, 2]))
            [*map(log, [1, 2])] ;; xs.extend(map(log, xs[:])) ;; {z['id']: z for z in rs}
            {z['body'] for z in rs} ;; [z for z in rs if z['id'] == A] ;; rs[1]['id'] ;; rs[1]['body'].upper()
            """);

    private static final List<String> STATEMENTS = List.of(
            "p, q = A",
            "p, *q = A",
            "for z in A: z + 1",
            "for z in A: log(1)",
            "A[0] = A",
            "A['id'] = 1",
            "del A[0]",
            "p = xs\n    p += A",
            "raise ValueError(A)",
            "assert A",
            "while A: break",
            "if A: A[0]",
            "log(A)",
            "log([A])");

    private static final List<String> KINDS = List.of(
            "Exception",
            "TypeError",
            "ValueError",
            "(TypeError, ValueError)",
            "LookupError",
            "AttributeError",
            "(KeyError, IndexError, TypeError, ValueError, AttributeError)");

    private static List<String> listed(String all) {
        return List.of(all.strip().split(" ;; |\n"));
    }

    private Random random = new Random();

    private record Seen(List<String> noted, Outcome outcome) {}

    private static Seen run(String plan, int number) throws WorldException {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("s = mine()\n" + plan + "note(1)\n");
        List<String> noted = new ArrayList<>();
        Listener listener = new OnEffect((tool, _) -> {
            if (tool.name().equals("note")) {
                noted.add(tool.name());
            }
        });
        World world = WorldFile.parse("world", WORLD.replace("NUMBER", Integer.toString(number)));
        return new Seen(noted, Plans.run(parsed.plan(), world, listener, Limits.USUAL));
    }

    private static void tellsNothing(String plan) throws WorldException {
        Seen without = run(plan, 0);
        Seen with = run(plan, 5);
        assertThat(with.noted())
                .as("%s%s%n%s", plan, without.outcome(), with.outcome())
                .isEqualTo(without.noted());
        assertThat(without.outcome().toString() + with.outcome()).as(plan).doesNotContain("had not foreseen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a tuple that was made before
                "tu = (text(), 'a')\nif s:\n    log(tu)\n",
                "tu = (text(), 'a')\ns and log(tu)\n",
                "tu = (1, (2, (text(), 'a')))\nif s:\n    log([tu])\n",
                "d = {'a': (text(), 'a')}\nif s:\n    log(d)\n",
                "e = [ValueError(text())]\nif s:\n    log(e[0].args)\n",
                "f = text().upper\nif s:\n    log(f())\n",
                // keys that a plan computes
                "if s:\n    try:\n        sorted([1, 2], key=log)\n    except TypeError:\n        log(1)\n",
                "xs = [1, 2]\nif s:\n    try:\n        xs.sort(key=log)\n    except TypeError:\n        log(1)\n",
                "w = text()\nif s:\n    try:\n        max([1, 2], key=lambda z: w if z > 1 else 3)\n    except TypeError:\n        log(1)\n",
                // a key that cannot be one, in a dictionary of secrets
                "d = {'a': number()}\nif s:\n    try:\n        d.get([])\n    except TypeError:\n        log(1)\n",
                "d = {'a': number()}\nif s:\n    try:\n        d.setdefault([], 1)\n    except TypeError:\n        log(1)\n",
                "d = [number()]\nif s:\n    try:\n        d.insert('a', 1)\n    except TypeError:\n        log(1)\n",
                // what one element gives decides whether another is asked
                "if s:\n    list(map(log, [1, 2]))\n",
                "if s:\n    [z for z in [1, 2] if log(z)]\n",
                "if s:\n    any(log(z) for z in [1, 2])\n",
                "if s:\n    next((z for z in [1, 2] if log(z)), 1)\n",
                "if s:\n    5 in map(log, [1, 2])\n",
                // what a comprehension has come to, where its end is not the end of what decides
                "rs = rows()\ntry:\n    x = {z['id']: z for z in rs}\n    log(rs[1]['id'])\nexcept Exception:\n    log(1)\n",
                // a field beside others of another kind
                "rs = rows()\nif s:\n    try:\n        len(rs[0]['body'])\n        log(1)\n    except Exception:\n        pass\n",
                // taking of an iterator changes no list that it cannot be told from
                """
                w = number()
                ys = [z for z in range(3) if z < s]
                it = iter([1, 2])
                cc = [1, 2] if w > 2 else [3]
                try:
                    for z in ys:
                        try:
                            list(map(lambda x, y: x + y, it, cc))
                        except ToolError:
                            pass
                        log(1)
                except Exception:
                    pass
                """,
                """
                w = number()
                ys = [z for z in range(3) if z < s]
                so = sorted([3, 1, 2], key=lambda z: w * z)
                ff = {'k': ['x'], 'id': so}
                t = text()
                for z in ys:
                    try:
                        list(map(lambda x, y: x + y, ff, t))
                    except (TypeError, ValueError):
                        log(1)
                    log(1)
                """,
                // what is put into one of several was not written to
                """
                w = number()
                ys = [z for z in range(3) if z < s]
                lg = [log, 1]
                cc = [1, 2] if w > 2 else [3]
                for z in ys:
                    cc.insert(0, lg)
                note(len(lg))
                """,
                // what stands in a dictionary has no say in how others are put there
                """
                d = {'k': [text()]}
                it = iter([1, 2])
                if s:
                    try:
                        d.update(it)
                    except (TypeError, ValueError):
                        log(1)
                """,
                """
                d = {'k': [text()]}
                if s:
                    try:
                        d.update(map(str, [1]))
                    except (TypeError, ValueError):
                        log(1)
                """,
                // what was made in there is known afterwards as where it was not made
                """
                xs = [z for z in range(3) if z < number()]
                if s:
                    x = list(map(lambda z: z + 1, xs))
                try:
                    x[0] + 1
                except (NameError, IndexError):
                    pass
                """,
                """
                rs = rows()
                try:
                    if s:
                        p, *q = [r for r in rs if r['body'] != 'z']
                except Exception:
                    pass
                try:
                    sorted(q[0])
                except (NameError, IndexError):
                    pass
                """,
                """
                xs = [z for z in range(3) if z < number()]
                ys = [[0]]
                if s:
                    ys.append([x for x in map(lambda z: z + 1, xs)])
                try:
                    ys[1][0] + 1
                except IndexError:
                    pass
                """,
            })
    void whatComesOfOtherLabelsIsForeseen(String plan) throws WorldException {
        tellsNothing(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tu = (text(), 'a')\nif s:\n    log(tu[1])\n",
                "tu = (text(), 'a')\nif s:\n    log(len(tu))\n",
                "tu = (text(), 'a')\nif s:\n    x, y = tu\n    log(y)\n",
                "d = {'a': number()}\nif s:\n    try:\n        d.get([])\n    except TypeError:\n        log(1)\n",
            })
    void whatDoesNotHangOnThemIsAllowed(String plan) throws WorldException {
        for (int number : new int[] {0, 5}) {
            assertThat(run(plan, number).outcome()).as(plan).isEqualTo(new Outcome.Ok());
        }
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String filled(String form) {
        String all = form;
        while (all.matches("(?s).*\\bA\\b.*")) {
            all = all.replaceFirst("\\bA\\b", one(OPERANDS));
        }
        return all;
    }

    private String plan() {
        List<String> all = new ArrayList<>();
        for (int i = random.nextInt(2); i < 2; i++) {
            all.add(filled(random.nextInt(5) == 0 ? one(STATEMENTS) : one(List.of("", "x = ")) + one(OPERATIONS)));
        }
        String done = String.join("\n    ", all);
        String body = switch (random.nextInt(4)) {
            case 0 -> "try:\n    " + done + "\n    log(1)\nexcept " + one(KINDS) + ":\n    log(2)\n";
            case 1 -> "try:\n    " + done + "\nexcept " + one(KINDS) + ":\n    pass\nlog(1)\n";
            case 2 -> "try:\n    " + done + "\nexcept Exception:\n    pass\nelse:\n    log(1)\n";
            default -> done.replace("\n    ", "\n") + "\nlog(1)\n";
        };
        String decided =
                one(List.of("if s:\n", "for i in range(2) if s else ():\n", "for i in [1, 2][:s]:\n")) + body.indent(4);
        return GIVEN
                + (random.nextInt(4) == 0 ? "try:\n" + decided.indent(4) + "except Exception:\n    pass\n" : decided);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingThatIsDoneWithThemTellsOfTheSecret(int seed) throws WorldException {
        random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            tellsNothing(plan());
        }
    }
}
