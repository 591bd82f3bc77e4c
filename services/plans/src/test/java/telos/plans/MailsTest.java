package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;

/** Who sent a mail can be trusted where what it says cannot, however the mail is come by. */
class MailsTest {
    private static final String WORLD = """
            {"tools": {
              "mails": {"params": [], "effect": false,
                        "result": [{"from": "bob", "body": "hi"}, {"from": "eve", "body": "x"}],
                        "label": {"integrity": "trusted", "readers": READERS},
                        "labels": {"/*/body": {"integrity": "untrusted", "readers": ["alice", "bob"]}}},
              "pay": {"params": ["to", "amount"], "effect": true, "result": "ok",
                      "requires": {"to": {"integrity": "trusted"}, "amount": {"readers": ["$to"]},
                                   "call": {"integrity": "trusted"}}}}}
            """;

    private static List<String> paid(String plan, String readers) throws WorldException {
        List<String> paid = new ArrayList<>();
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse("m = mails()\n" + plan);
        Listener listener = new OnEffect((_, arguments) -> paid.add(arguments.toString()));
        Plans.run(parsed.plan(), WorldFile.parse("world", WORLD.replace("READERS", readers)), listener, Limits.USUAL);
        return paid;
    }

    private static void pays(int times, String plan) throws WorldException {
        assertThat(paid(plan, "[\"*\"]")).as(plan).hasSize(times);
    }

    @Test
    void whoSentItCanBePaid() throws WorldException {
        pays(1, "pay(m[0]['from'], 1)\n");
        pays(1, "x = m[0]\ny = x['from']\npay(y, y)\n");
        pays(1, "pay(m[0].get('from'), 1)\n");
        pays(1, "pay(m[0].get('from', 'bob'), 1)\n");
        pays(1, "if m:\n    pay(m[0]['from'], 1)\n");
        pays(2, "for x in m:\n    pay(x['from'], 1)\n");
        pays(2, "for x in m:\n    pay(x.get('from'), 1)\n");
        pays(2, "for i in range(len(m)):\n    pay(m[i]['from'], 1)\n");
        pays(1, "for x in m[:1]:\n    pay(x['from'], 1)\n");
        pays(1, "x = [i['from'] for i in m]\npay(x[0], 1)\n");
    }

    @Test
    void whatItSaysCanBeToldToBob() throws WorldException {
        pays(1, "pay(m[0]['from'], m[0]['body'])\n");
        pays(1, "for x in m:\n    if x['from'] == 'bob':\n        pay('bob', x['body'])\n");
    }

    @Test
    void whatItSaysDecidesNothing() throws WorldException {
        pays(0, "pay(m[0]['body'], 1)\n");
        pays(0, "pay(m[0].get('body'), 1)\n");
        pays(0, "pay(m[0].get('to', m[0]['body']), 1)\n");
        pays(0, "for x in m:\n    if x['body'] == 'hi':\n        pay('bob', 1)\n");
        pays(0, "m[0]['from'] = m[0]['body']\npay(m[0]['from'], 1)\n");
        pays(0, "m.reverse()\nm[0]['from'] = m[1].pop('body')\nfor x in m:\n    pay(x['from'], 1)\n");
        pays(0, "if m[0]['body'] == 'hi':\n    m.reverse()\npay(m[0]['from'], 1)\n");
        pays(0, "m.sort(key=lambda x: x['body'])\npay(m[0]['from'], 1)\n");
        pays(0, "m[0][m[1]['body']] = 'eve'\npay(m[0]['from'], 1)\n");
    }

    @Test
    void whatAliceAloneMayReadIsNotToldToBob() throws WorldException {
        assertThat(paid("pay('bob', m[0]['from'])\n", "[\"alice\"]")).isEmpty();
        assertThat(paid("for x in m:\n    pay('alice', x['from'])\n", "[\"alice\"]"))
                .hasSize(2);
    }
}
