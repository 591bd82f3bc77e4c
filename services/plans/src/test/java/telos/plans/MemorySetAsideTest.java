package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/**
 * No operation takes more memory of what depends on secrets than was set aside for it, so that none ends a run where nobody
 * was told that it may: neither one that a secret decides about, nor one on what a secret chose.
 */
class MemorySetAsideTest {
    private static final String GIVEN = """
            import re
            from pydantic import BaseModel
            class P(BaseModel):
                x: list
            def fd(*a):
                return 1
            N = 1500
            ls = list(range(N))
            l3 = [[i] for i in range(N)]
            tu = tuple(ls)
            st = set(ls)
            di = {i: i for i in ls}
            ds = {str(i): i for i in ls}
            ws = [str(i) for i in ls]
            tx = 'ab' * N
            nu = '7' * N
            bg = 10 ** N
            bh = bg // 3
            pr = [(i, i) for i in ls]
            nn = [[j for j in range(15)] for i in range(100)]
            pp = P(x=ls)
            rx = re.compile('(a|b)*c')
            tp = '{}' * N
            rg = range(N)
            """;

    private static final List<String> CHOSEN = List.of(
            "ls", "l3", "tu", "st", "di", "ds", "ws", "tx", "nu", "bg", "bh", "pr", "nn", "pp", "rx", "tp", "rg");

    private static final List<String> OPERATIONS = List.of(
            "h = max(ls)",
            "h = sorted(l3)",
            "h = sum(l3, [])",
            "h = max(l3)",
            "h = str(l3)",
            "h = max(tx)",
            "h = max(rg)",
            "q = ls[:]\nq[1:2] = rg",
            "h = dict.fromkeys(rg)",
            "h = dict.fromkeys(map(str, rg))",
            "h = ','.join(map(str, rg))",
            "h = tuple(map(str, rg))",
            "h = set(rg)",
            "h = list(reversed(rg))",
            "h = list(reversed(list(rg)))",
            "q = ls[:]\nq += rg",
            "q = ls[:]\nq.extend(map(str, rg))",
            "h = sum(rg)",
            "h = sorted(rg)",
            "h = max(iter(rg))",
            "h = max(map(str, rg))",
            "h = sorted(enumerate(rg))",
            "h = set(zip(rg, rg))",
            "h = min(i for i in rg)",
            "h = min(*tu)",
            "h = max(ws, key=len)",
            "h = sorted(ls)",
            "h = max(nn, key=sorted)",
            "h = min(nn, key=list)",
            "h = sorted(nn, key=list)",
            "nn.sort(key=str)",
            "h = ls.sort()",
            "ls.sort(key=lambda v: -v)",
            "h = sum(nn, [])",
            "h = sum(ls)",
            "h = sum([bg, bh, bg])",
            "h = set(ls)",
            "h = frozenset(tu)",
            "h = dict(pr)",
            "h = {}.update(pr)",
            "h = {}.update(di)",
            "h = {1}.update(ls)",
            "h = dict.fromkeys(ls)",
            "h = {*ls}",
            "h = [*ls, *tu]",
            "h = (*tu, 1)",
            "h = {**ds}",
            "h = dict(**ds)",
            "h = fd(*tx)",
            "h = fd(*ls)",
            "h = (lambda *a: [1 for j in a])(*rg)",
            "h = st.union(*tx)",
            "h = st & {1}",
            "h = st - {1}",
            "h = st == {1}",
            "h = st.issuperset(ls)",
            "h = st in {1}",
            "h = st not in frozenset(tu)",
            "h = di.keys() & {1}",
            "h = di.items() == di.items()",
            "for q, w in pr:\n    pass",
            "q, *w = ls",
            "(q, *w) = tx",
            "q = ls[:]\nq[1:2] = tu",
            "q = ls[:]\nq += tx",
            "q = ls[::2]",
            "h = re.compile('a' * 200)",
            "h = re.sub('[ab]', '', tx)",
            "h = re.findall('a', tx)",
            "h = list(re.finditer('(a)(b)', tx))",
            "h = rx.split(tx)",
            "h = ','.join(tx)",
            "h = ','.join(map(str, ls))",
            "h = tx.split('b')",
            "h = tx.replace('a', 'bcd')",
            "h = tx.upper()",
            "h = tx.center(5000)",
            "h = f'{tx:>9000}'",
            "h = str(ls)",
            "h = repr(tx)",
            "h = '%s' % (ws,)",
            "h = tp.format(*ls)",
            "h = int(nu)",
            "h = str(bg)",
            "h = bg & 1",
            "h = bg % 7",
            "h = 7 % bg",
            "h = bg // bh",
            "h = divmod(bg, 7)",
            "h = divmod(7, bg)",
            "h = bg * bh",
            "h = bg + bh",
            "h = -bg",
            "h = bg << 999",
            "h = list(zip(ls, tu))",
            "h = list(enumerate(ls))",
            "h = list(map(str, rg))",
            "h = [i for i in rg]",
            "h = {i: i for i in rg}",
            "h = ls * 3",
            "h = tu + tu",
            "h = pp.model_dump()",
            "try:\n    h = ws.index(pr)\nexcept ValueError:\n    pass",
            "try:\n    h = dict(nn)\nexcept ValueError:\n    pass");

    static Stream<String> plans() {
        return OPERATIONS.stream().flatMap(operation -> {
            StringBuilder chosen = new StringBuilder(GIVEN);
            for (String each : CHOSEN) {
                if (operation.matches("(?s).*\\b" + each + "\\b.*")) {
                    chosen.append("%1$s = %1$s if s > 1 else %1$s%n".formatted(each));
                }
            }
            return Stream.of(
                    GIVEN + "if s > 1:\n" + operation.indent(4),
                    GIVEN + "if s > 1:\n    for i_ in range(20):\n" + operation.indent(8),
                    chosen + operation + "\n",
                    chosen + "for i_ in range(20):\n" + operation.indent(4));
        });
    }

    private static Machine.Account ran(String plan) throws WorldException, Compiler.Refusal {
        World world = SecretNumber.world(5);
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("s = read()\n" + plan);
        Compiler.Compiled compiled = Compiler.compile(parsed.plan(), Plans.globals(world));
        Limits endless = new Limits(1L << 40, 1L << 40, Limits.USUAL.depth(), Limits.USUAL.time());
        long deadline = System.nanoTime() + endless.time().toNanos();
        Machine machine = new Machine(world, Rules.ALL, endless, new OnEffect((_, _) -> {}), deadline, compiled);
        compiled.body().run(machine.root);
        return machine.account();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void isAsMuchAsIsTakenAtLeast(String plan) throws WorldException, Compiler.Refusal {
        Machine.Account account = ran(plan);
        assertThat(account.reservedBytes()).as(plan).isPositive();
        assertThat(account.secretBytes()).as(plan).isLessThanOrEqualTo(account.reservedBytes());
    }
}
