package telos.bench.noninterference;

import java.util.List;

/**
 * A plan as people and models write them for an errand: fetch, look for something, work out a number or a text, tell
 * somebody. In three of four episodes the one who is told may know what is told; in the others chance decides.
 */
final class Errand {
    private static final List<String> WHOSE = List.of("alice", "bob", "both", "web", "open");
    private static final int MOST_EPISODES = 3;

    private final Draft draft;
    private String whose = "";
    private int episode;

    private Errand(long seed) {
        this.draft = new Draft(seed);
    }

    static String of(long seed) {
        return new Errand(seed).plan();
    }

    private String plan() {
        draft.line("import re");
        draft.line("def label(text, times=1):");
        draft.line("    return text.strip().title() * times");
        int episodes = 1 + draft.below(MOST_EPISODES);
        for (episode = 0; episode < episodes; episode++) {
            whose = WHOSE.get(draft.below(WHOSE.size()));
            if (draft.oneIn(3)) {
                mail();
            } else {
                numbers();
            }
        }
        draft.line("send(\"done\")");
        return draft.toString();
    }

    private String name(String stem) {
        return stem + episode;
    }

    private void tell(String what) {
        if (draft.oneIn(4)) {
            draft.line(draft.pick("send", "tell_alice", "tell_bob", "act") + "(" + what + ")");
            return;
        }
        draft.line(
                switch (whose) {
                    case "alice" -> "tell_alice(" + what + ")";
                    case "bob" -> draft.oneIn(3) ? "pay(\"bob\", " + what + ")" : "tell_bob(" + what + ")";
                    case "both" -> draft.pick("tell_alice(", "tell_bob(") + what + ")";
                    case "web" -> draft.pick("send(", "tell_alice(") + what + ")";
                    default -> draft.pick("send(", "tell_bob(", "act(") + what + ")";
                });
    }

    private void numbers() {
        String all = name("all");
        draft.line(all + " = " + (whose.equals("alice") && draft.oneIn(3) ? "cells_alice()" : "list_" + whose + "()"));
        switch (draft.below(12)) {
            case 0 -> tell("sum(" + all + ")");
            case 1 -> {
                draft.line(name("some") + " = [n for n in " + all + " if n " + draft.pick("> 1", "!= 0", "% 2 == 1")
                        + "]");
                tell(draft.pick("", "len", "sum") + "(" + name("some") + ")");
            }
            case 2 -> {
                draft.line(name("total") + " = 0");
                draft.line("for n in " + all + ":");
                draft.line("    if n > " + draft.digit(3) + ":");
                draft.line("        " + name("total") + " += n" + draft.pick("", " * 2", " // 2"));
                tell(name("total"));
            }
            case 3 -> {
                draft.line(name("best") + " = max(" + all + ", default=0)");
                tell("f\"the largest is {" + name("best") + "}\"");
            }
            case 4 -> {
                draft.line(name("first") + " = None");
                draft.line("for i, n in enumerate(" + all + "):");
                draft.line("    if n == " + draft.digit(4) + ":");
                draft.line("        " + name("first") + " = i");
                draft.line("        break");
                draft.line("if " + name("first") + " is not None:");
                draft.line("    " + name("note") + " = f\"at {" + name("first") + "}\"");
                draft.line("else:");
                draft.line("    " + name("note") + " = \"nowhere\"");
                tell(name("note"));
            }
            case 5 -> {
                draft.line(name("top") + " = sorted(" + all + ", reverse=True)[:2]");
                tell("\", \".join(str(n) for n in " + name("top") + ")");
            }
            case 6 -> {
                draft.line(name("counts") + " = {}");
                draft.line("for n in " + all + ":");
                draft.line("    " + name("counts") + "[n] = " + name("counts") + ".get(n, 0) + 1");
                tell(draft.pick("len(", "str(") + name("counts") + ")");
            }
            case 7 -> {
                draft.line(name("report") + " = []");
                draft.line("for n in " + all + ":");
                draft.line("    " + name("report") + ".append(f\"{n:03d}\")");
                tell("\"\\n\".join(" + name("report") + ")");
            }
            case 8 -> {
                draft.line("if any(n > 2 for n in " + all + "):");
                draft.line("    " + name("word") + " = \"many\"");
                draft.line("else:");
                draft.line("    " + name("word") + " = \"few\"");
                tell("label(" + name("word") + ")");
            }
            case 9 -> {
                draft.line("try:");
                draft.line("    " + name("mean") + " = sum(" + all + ") / len(" + all + ")");
                draft.line("except ZeroDivisionError:");
                draft.line("    " + name("mean") + " = 0");
                tell(draft.pick("round(", "str(") + name("mean") + ")");
            }
            case 10 -> {
                draft.line(name("parity") + " = ask(\"how many?\", read_" + whose + "(), \"bool\")");
                draft.line("if " + name("parity") + "[\"ok\"]:");
                inner(name("parity") + "[\"value\"]");
            }
            default -> {
                draft.line(name("n") + " = read_" + whose + "()");
                draft.line("while " + name("n") + " > 1:");
                draft.line("    " + name("n") + " -= 2");
                tell(name("n"));
            }
        }
    }

    private void inner(String what) {
        draft.inside(() -> tell(what));
    }

    private void mail() {
        draft.line(name("mails") + " = mails()");
        switch (draft.below(8)) {
            case 0 -> {
                whose = "both";
                draft.line("for mail in " + name("mails") + ":");
                inner("mail[\"size\"]");
            }
            case 1 -> {
                whose = "web";
                draft.line("for mail in " + name("mails") + ":");
                draft.line("    if mail[\"sender\"] == \"bob\":");
                draft.inside(() -> inner("mail[\"body\"].upper()"));
            }
            case 2 -> {
                whose = "alice";
                draft.line(name("bills") + " = [m[\"sender\"] for m in " + name("mails")
                        + " if \"bill\" in m[\"subject\"].lower()]");
                tell(name("bills"));
            }
            case 3 -> {
                whose = "both";
                draft.line(name("large") + " = sorted(" + name("mails") + ", key=lambda m: m[\"size\"])");
                tell("[m[\"size\"] for m in " + name("large") + "]");
            }
            case 4 -> {
                whose = "web";
                draft.line(name("sum") + " = 0");
                draft.line("for mail in " + name("mails") + ":");
                draft.line("    found = re.search(\"[0-9]+\", mail[\"body\"])");
                draft.line("    if found:");
                draft.line("        " + name("sum") + " += int(found.group())");
                tell(name("sum"));
            }
            case 5 -> {
                whose = "open";
                draft.line(name("by") + " = {}");
                draft.line("for mail in " + name("mails") + ":");
                draft.line("    " + name("by") + ".setdefault(mail[\"sender\"], []).append(mail[\"size\"])");
                draft.line("for who in sorted(" + name("by") + "):");
                draft.inside(() -> tell("len(" + name("by") + "[who])"));
            }
            case 6 -> {
                whose = "alice";
                draft.line("for mail in " + name("mails") + ":");
                draft.line("    " + name("text") + " = f\"{mail['sender']}: {mail['subject'][:10]:<10}\"");
                inner(name("text"));
            }
            default -> {
                whose = "both";
                draft.line("for mail in " + name("mails") + ":");
                draft.line("    if mail[\"size\"] > 1 and mail[\"sender\"] != \"carol\":");
                draft.line("        pay(mail[\"sender\"], mail[\"size\"])");
            }
        }
    }
}
