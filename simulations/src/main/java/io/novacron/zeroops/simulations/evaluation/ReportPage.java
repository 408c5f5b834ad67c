package io.novacron.zeroops.simulations.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as one HTML file that needs nothing else: no network, no server. Its own policy forbids it any request. */
public final class ReportPage {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private ReportPage() {}

    /** @param command the command line that gives the same report again */
    public static String of(EvaluationView view, String command) {
        Map<String, String> parts = Map.ofEntries(
                Map.entry("title", escaped(view.name())),
                Map.entry("command", escaped(command)),
                Map.entry("targets", goals(view.goals())),
                Map.entry("notes", notes(view.notes())),
                Map.entry("columns", definitions(view.definitions())),
                Map.entry(
                        "grids",
                        String.join(
                                "",
                                view.tables().stream().map(ReportPage::table).toList())),
                Map.entry("totals", totals(view.totals())),
                Map.entry("plots", plots(view.plots())),
                Map.entry("plot_data", forScript(ReportJson.ofPlots(view.plots()))),
                Map.entry("report", forScript(ReportJson.of(view))),
                Map.entry("style", resource("page.css")),
                Map.entry("script", resource("page.js")),
                Map.entry("uplot_style", resource(UPLOT + "dist/uPlot.min.css")),
                Map.entry("uplot_script", resource(UPLOT + "dist/uPlot.iife.min.js")),
                Map.entry("uplot_licence", escaped(resource(UPLOT + "LICENSE"))));
        // Each place is filled once: what is put in is not searched for places again.
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    private static String goals(List<EvaluationView.Goal> goals) {
        var rows = new StringBuilder();
        for (EvaluationView.Goal goal : goals) {
            rows.append("<tr><td><span class=\"badge ")
                    .append(goal.verdict().replace(' ', '_'))
                    .append("\">")
                    .append(goal.verdict())
                    .append("</span></td><td>")
                    .append(escaped(goal.name()))
                    .append("</td><td>")
                    .append(escaped(goal.found()))
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

    private static String table(EvaluationView.Table table) {
        var html = new StringBuilder("<h2>").append(escaped(table.title())).append("</h2>\n");
        html.append("<div class=\"scroll\"><table class=\"figures\"><thead><tr>");
        table.header()
                .forEach(h ->
                        html.append("<th scope=\"col\">").append(escaped(h)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (List<String> row : table.rows()) {
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
