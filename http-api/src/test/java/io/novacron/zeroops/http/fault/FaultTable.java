package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was inflicted how often, and what was found: a table of {@code target/faults.md}, also of runs before this one. */
final class FaultTable {
    private static final Path FILE = Path.of("target", "faults.md");

    private static final String HEAD =
            """
            | fault | runs | decisions acknowledged | requests failed | effects | checks | violations |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    private record Line(int runs, long acknowledged, long failed, long effects, long checked, long violated) {
        Line plus(Line other) {
            return new Line(
                    runs + other.runs,
                    acknowledged + other.acknowledged,
                    failed + other.failed,
                    effects + other.effects,
                    checked + other.checked,
                    violated + other.violated);
        }
    }

    private final Map<String, Line> lines = new TreeMap<>();

    /** One run, and what was found after it. */
    synchronized void add(String fault, Load.Summary load, Verified found) {
        var line = new Line(1, load.acknowledged(), load.failed(), found.effects(), found.checked(), found.violated());
        lines.merge(fault, line, Line::plus);
        System.out.println(fault + ": " + load + ", " + found);
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized String table() {
        var table = new StringBuilder(HEAD);
        lines.forEach((fault, line) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %,d | %,d | %d |%n",
                fault,
                line.runs,
                line.acknowledged,
                line.failed,
                line.effects,
                line.checked,
                line.violated)));
        return table.toString();
    }
}
