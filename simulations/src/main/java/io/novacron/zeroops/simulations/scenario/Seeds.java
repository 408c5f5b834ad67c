package io.novacron.zeroops.simulations.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The seeds of one run each, in the order in which they run; at least one, none twice. */
public record Seeds(List<Long> values) {
    /** Bounds a campaign. */
    public static final int COUNT_MAX = 100_000;

    /** The largest whole number that every reader of JSON reads exactly: 2^53 - 1. */
    public static final long SEED_MAX = (1L << 53) - 1;

    private static final String FORMS = "; write one seed (7), a range (1..20) or a list (3,5,7)";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,16})\\.\\.(\\d{1,16})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,16}");

    public Seeds {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new InvalidInputException("no seeds" + FORMS);
        }
        if (values.size() > COUNT_MAX) {
            throw new InvalidInputException(
                    values.size() + " seeds are more than " + COUNT_MAX + "; run them in several parts");
        }
        Set<Long> seen = new HashSet<>();
        for (long seed : values) {
            if (seed < 0 || seed > SEED_MAX) {
                throw new InvalidInputException(
                        "seed " + seed + " is out of range; use a whole number from 0 to " + SEED_MAX);
            }
            if (!seen.add(seed)) {
                throw new InvalidInputException("seed " + seed + " is given twice; give every seed once");
            }
        }
    }

    public static Seeds of(long seed) {
        return new Seeds(List.of(seed));
    }

    /** From {@code first} to {@code last}, both included. */
    public static Seeds range(long first, long last) {
        if (first > last) {
            throw new InvalidInputException("seed range " + first + ".." + last
                    + " is backwards; write the smaller seed first: " + last + ".." + first);
        }
        if (last - first >= COUNT_MAX) {
            throw new InvalidInputException("seed range " + first + ".." + last + " is more than " + COUNT_MAX
                    + " seeds; run it in several parts");
        }
        return new Seeds(LongStream.rangeClosed(first, last).boxed().toList());
    }

    /** Reads {@code 7}, {@code 1..20} or {@code 3,5,7}. */
    public static Seeds parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
        }
        return new Seeds(Stream.of(text.split(",", -1))
                .map(part -> number(part.strip(), text))
                .toList());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        long first = values.get(0);
        boolean isRange = values.size() > 1
                && values.equals(
                        LongStream.range(first, first + values.size()).boxed().toList());
        return isRange
                ? first + ".." + values.get(values.size() - 1)
                : String.join(",", values.stream().map(String::valueOf).toList());
    }

    private static long number(String part, String text) {
        if (!NUMBER.matcher(part).matches()) {
            throw new InvalidInputException("'" + text + "' is no seed and no range of seeds" + FORMS);
        }
        return Long.parseLong(part);
    }
}
