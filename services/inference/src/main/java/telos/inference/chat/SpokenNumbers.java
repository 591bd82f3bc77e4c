package telos.inference.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole numbers that a request names, in digits or in English words up to 999. */
final class SpokenNumbers {
    private static final Pattern TERM = Pattern.compile("[0-9]+|[A-Za-z]+");
    private static final List<String> SMALL = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                    .split(" ", -1));
    private static final List<String> TENS =
            List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1));
    private static final Map<String, Integer> VALUES = values();

    private SpokenNumbers() {}

    private static Map<String, Integer> values() {
        Map<String, Integer> values = new HashMap<>();
        for (int i = 0; i < SMALL.size(); i++) {
            values.put(SMALL.get(i), i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            values.put(TENS.get(i), 20 + 10 * i);
        }
        values.put("hundred", 100);
        values.put("dozen", 12);
        values.put("couple", 2);
        return Map.copyOf(values);
    }

    /** Canonical decimals: what was said in digits without leading zeros, and what neighbouring words add up to. */
    static Set<String> in(String request) {
        Set<String> numbers = new HashSet<>();
        int sum = 0;
        int last = 0;
        Matcher terms = TERM.matcher(request);
        while (terms.find()) {
            String term = terms.group();
            if (Character.isDigit(term.charAt(0))) {
                numbers.add(term.replaceFirst("^0+(?=.)", ""));
            }
            Integer value = VALUES.get(term.toLowerCase(Locale.ROOT));
            if (last > 0 && (value == null || !goesOn(last, value))) {
                numbers.add(Integer.toString(sum));
                sum = 0;
            }
            last = value == null ? 0 : value;
            sum = last == 100 && sum > 0 ? sum * 100 : sum + last;
        }
        if (last > 0) {
            numbers.add(Integer.toString(sum));
        }
        return numbers;
    }

    /** Whether two words belong to one number, as in "forty two", "two hundred" and "hundred five". */
    private static boolean goesOn(int last, int next) {
        return last == 100 ? next < 100 : last >= 20 ? next < 10 : last < 10 && next == 100;
    }
}
