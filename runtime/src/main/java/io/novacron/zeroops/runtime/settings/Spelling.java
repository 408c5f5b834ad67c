package io.novacron.zeroops.runtime.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody meant to write. */
final class Spelling {
    /** Longer words are misspelt by nobody. */
    private static final int LENGTH_MAX = 64;

    private Spelling() {}

    /** The one of {@code known} with the fewest letters changed; empty if those are too many. */
    static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String plain =
                word.replace('-', '_').replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(plain, candidate) <= tolerated(candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(plain, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Two, as for letters that changed places, and more in long words; but in the shortest that would be all. */
    private static int tolerated(String candidate) {
        return candidate.length() < 4 ? 1 : Math.max(2, candidate.length() / 3);
    }

    /** Levenshtein's: letters inserted, left out or replaced. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
