package io.novacron.zeroops.simulations.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as one HTML file that needs nothing else: no network, no server. Its own policy forbids it any request. */
public final class ReportPage {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private ReportPage() {}

    /** @param command the command line that gives the same report again */
    public static String of(SimulationReport report, String command) {
        return page(
                report.scenario(),
                command,
                Figures.of(report),
                Figures.totals(report),
                Target.of(report),
                report.notes(),
                report.plots(),
                ReportJson.of(report),
                resource("simulation-columns.html"));
    }

    /** @param command the command line that gives the same report again */
    public static String of(CampaignReport report, String command) {
        return page(
                report.scenario(),
                command,
                Figures.of(report),
                Figures.totals(report),
                Target.of(report),
                List.of(),
                List.of(),
                ReportJson.of(report),
                resource("simulation-columns.html"));
    }

    /** @param command the command line that gives the same report again */
    public static String of(SpendReport report, String command) {
        return page(
                SpendFigures.title(report),
                command,
                SpendFigures.of(report),
                SpendFigures.totals(report),
                SpendFigures.targets(report),
                report.notes(),
                report.plots(),
                ReportJson.of(report),
                resource("spend-columns.html"));
    }

    /** @param command the command line that gives the same report again */
    public static String of(ForecastReport report, String command) {
        return page(
                "forecast of " + report.series(),
                command,
                Figures.of(report),
                Figures.totals(report),
                Target.of(report),
                report.notes(),
                report.plots(),
                ReportJson.of(report),
                resource("forecast-columns.html"));
    }

    /** @param command the command line that gives the same evaluation again */
    public static String of(EvaluationView view, String command) {
        return page(
                view.name(),
                command,
                Figures.of(view),
                view.totals(),
                Target.of(view),
                view.notes(),
                view.plots(),
                ReportJson.of(view),
                definitions(view.definitions()));
    }

    private static String page(
            String scenario,
            String command,
            List<Figures.Grid> grids,
            Map<String, String> totals,
            List<Target> targets,
            List<String> notes,
            List<SimulationReport.Plot> plots,
            String json,
            String columns) {
        Map<String, String> parts = Map.ofEntries(
                Map.entry("title", escaped(scenario)),
                Map.entry("command", escaped(command)),
                Map.entry("targets", targets(targets)),
                Map.entry("notes", notes(notes)),
                Map.entry("columns", columns),
                Map.entry(
                        "grids",
                        String.join("", grids.stream().map(ReportPage::grid).toList())),
                Map.entry("totals", totals(totals)),
                Map.entry("plots", plots(plots)),
                Map.entry("plot_data", forScript(ReportJson.ofPlots(plots))),
                Map.entry("report", forScript(json)),
                Map.entry("style", resource("page.css")),
                Map.entry("script", resource("page.js")),
                Map.entry("uplot_style", resource(UPLOT + "dist/uPlot.min.css")),
                Map.entry("uplot_script", resource(UPLOT + "dist/uPlot.iife.min.js")),
                Map.entry("uplot_licence", escaped(resource(UPLOT + "LICENSE"))));
        // Each place is filled once: what is put in is not searched for places again.
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    private static String targets(List<Target> targets) {
        var rows = new StringBuilder();
        for (Target target : targets) {
            rows.append("<tr><td><span class=\"badge ")
                    .append(target.met().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(target.met().text())
                    .append("</span></td><td>")
                    .append(escaped(target.name()))
                    .append("</td><td>")
                    .append(escaped(target.found()))
                    .append("</td></tr>\n");
        }
        return rows.toString();
    }

    private static String notes(List<String> notes) {
        var items = new StringBuilder();
        notes.forEach(
                note -> items.append("<p class=\"note\">").append(escaped(note)).append("</p>\n"));
        return items.toString();
    }

    private static String definitions(Map<String, String> definitions) {
        var list = new StringBuilder("<dl>\n");
        definitions.forEach((name, meaning) -> list.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(meaning))
                .append("</dd>\n"));
        return list.append("</dl>\n").toString();
    }

    private static String grid(Figures.Grid grid) {
        var html = new StringBuilder("<h2>").append(escaped(grid.title())).append("</h2>\n");
        html.append("<div class=\"scroll\"><table class=\"figures\"><thead><tr>");
        grid.header()
                .forEach(h ->
                        html.append("<th scope=\"col\">").append(escaped(h)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (List<String> row : grid.rows()) {
            html.append("<tr><th scope=\"row\">").append(escaped(row.get(0))).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String totals(Map<String, String> totals) {
        var rows = new StringBuilder();
        totals.forEach((name, value) -> rows.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n"));
        return rows.toString();
    }

    private static String plots(List<SimulationReport.Plot> plots) {
        var html = new StringBuilder();
        for (SimulationReport.Plot plot : plots) {
            html.append("<figure><figcaption>")
                    .append(escaped(plot.title()))
                    .append(" <span class=\"unit\">")
                    .append(escaped(plot.unit()))
                    .append("</span></figcaption><div class=\"plot\"></div></figure>\n");
        }
        return html.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON inside a script element must not be able to end it. */
    private static String forScript(String json) {
        return json.replace("<", "\\u003c");
    }

    /** As the WebJar names it in its own paths, so that the version stands in the root pom only. */
    private static String uplotVersion() {
        return resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties")
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the WebJar of uPlot names no version"));
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path: build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
