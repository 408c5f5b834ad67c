package io.novacron.zeroops.simulations.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A report as text for a terminal. */
public final class ReportTable {
    private ReportTable() {}

    public static String of(EvaluationView view) {
        var out = new StringBuilder(view.name()).append('\n');
        for (EvaluationView.Table table : view.tables()) {
            out.append('\n').append(table.title()).append('\n');
            List<List<String>> lines = new ArrayList<>(List.of(table.header()));
            lines.addAll(table.rows());
            appendAligned(out, lines);
        }
        out.append('\n');
        appendNamed(out, view.totals());
        out.append("\nTargets\n");
        appendLeft(
                out,
                view.goals().stream()
                        .map(goal -> List.of(goal.verdict(), goal.name(), goal.found()))
                        .toList());
        view.notes().forEach(note -> out.append("\nNote: ").append(note).append('\n'));
        return out.toString();
    }

    /** The first column to the left, the numbers to the right. */
    private static void appendAligned(StringBuilder out, List<List<String>> lines) {
        int[] widths = widths(lines);
        for (List<String> line : lines) {
            out.append("  ").append(padded(line.get(0), widths[0]));
            for (int i = 1; i < line.size(); i++) {
                out.append("  ")
                        .append(" ".repeat(widths[i] - line.get(i).length()))
                        .append(line.get(i));
            }
            out.append('\n');
        }
    }

    private static void appendNamed(StringBuilder out, Map<String, String> named) {
        appendLeft(
                out,
                named.entrySet().stream()
                        .map(e -> List.of(e.getKey(), e.getValue()))
                        .toList());
    }

    private static void appendLeft(StringBuilder out, List<List<String>> lines) {
        int[] widths = widths(lines);
        for (List<String> line : lines) {
            var text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append("  ").append(padded(line.get(i), widths[i]));
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }

    private static int[] widths(List<List<String>> lines) {
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, columns)
                .map(i -> lines.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
