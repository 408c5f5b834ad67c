package io.novacron.zeroops.simulations.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A report as text for a terminal. */
public final class ReportTable {
    private ReportTable() {}

    public static String of(SimulationReport report) {
        return text(report.scenario(), Figures.of(report), Figures.totals(report), Target.of(report), report.notes());
    }

    public static String of(CampaignReport report) {
        return text(report.scenario(), Figures.of(report), Figures.totals(report), Target.of(report), List.of());
    }

    public static String of(SpendReport report) {
        return text(
                SpendFigures.title(report),
                SpendFigures.of(report),
                SpendFigures.totals(report),
                SpendFigures.targets(report),
                report.notes());
    }

    public static String of(ForecastReport report) {
        return text(
                "forecast of " + report.series(),
                Figures.of(report),
                Figures.totals(report),
                Target.of(report),
                report.notes());
    }

    public static String of(EvaluationView view) {
        return text(view.name(), Figures.of(view), view.totals(), Target.of(view), view.notes());
    }

    private static String text(
            String scenario,
            List<Figures.Grid> grids,
            Map<String, String> totals,
            List<Target> targets,
            List<String> notes) {
        var out = new StringBuilder(scenario).append('\n');
        for (Figures.Grid grid : grids) {
            out.append('\n').append(grid.title()).append('\n');
            List<List<String>> lines = new ArrayList<>(List.of(grid.header()));
            lines.addAll(grid.rows());
            appendAligned(out, lines);
        }
        out.append('\n');
        appendNamed(out, totals);
        out.append("\nTargets\n");
        appendLeft(
                out,
                targets.stream()
                        .map(t -> List.of(t.met().text(), t.name(), t.found()))
                        .toList());
        notes.forEach(note -> out.append("\nNote: ").append(note).append('\n'));
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
