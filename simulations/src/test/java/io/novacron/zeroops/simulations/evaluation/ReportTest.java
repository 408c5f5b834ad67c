package io.novacron.zeroops.simulations.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final ObjectMapper mapper = new ObjectMapper();

    /** The names are written out: whoever reads the JSON relies on them. */
    @Test
    void jsonOfASimulationHasTheseNames() throws IOException {
        JsonNode json = mapper.readTree(ReportJson.of(SimulationView.of(Reports.spike(20, 40.0))));
        assertThat(names(json))
                .containsExactly(
                        "scenario",
                        "seeds",
                        "policies",
                        "reactive_front",
                        "variants",
                        "oracle_share",
                        "violations_vs_reactive_same_cost",
                        "virtual_s",
                        "wall_s",
                        "steps",
                        "journal_events",
                        "journal_sha256",
                        "invariants_checked",
                        "invariants_violated",
                        "notes");
        assertThat(names(json.get("policies"))).containsExactly("zeroops", "reactive", "static", "oracle");
        assertThat(names(json.get("policies").get("zeroops")))
                .containsExactly(
                        "detection_s",
                        "ready_s",
                        "slo_violation_pct",
                        "under_provisioned_pct",
                        "over_provisioned_pct",
                        "theta_u",
                        "theta_o",
                        "instability_pct",
                        "jitter_per_h",
                        "instance_hours",
                        "cost_usd",
                        "peak_instances",
                        "final_instances",
                        "decisions",
                        "interventions");
        assertThat(names(json.get("variants").get(0)))
                .containsExactly(
                        "name", "policies", "reactive_front", "oracle_share", "violations_vs_reactive_same_cost");
        assertThat(names(json.get("reactive_front").get(0))).containsExactly("target", "figures");
    }

    @Test
    void jsonOfACampaignHasTheseNames() throws IOException {
        JsonNode json = mapper.readTree(ReportJson.of(SimulationView.of(Reports.campaign(1))));
        assertThat(names(json))
                .containsExactly(
                        "scenario",
                        "runs",
                        "decisions",
                        "decisions_min",
                        "violations",
                        "pending_at_end",
                        "failing_seeds",
                        "faults_by_kind",
                        "crash_points_covered",
                        "crash_points",
                        "crash_point_hits",
                        "virtual_s",
                        "wall_s",
                        "steps",
                        "journal_events",
                        "journal_sha256",
                        "invariants_checked");
        assertThat(names(json.get("failing_seeds").get(0))).containsExactly("seed", "problem", "repeat");
    }

    @Test
    void whatIsNoFigureIsNull() throws IOException {
        JsonNode oracle = mapper.readTree(ReportJson.of(SimulationView.of(Reports.spike(1, 40.0))))
                .get("policies")
                .get("oracle");
        assertThat(oracle.get("ready_s").isNull()).isTrue();
        assertThat(oracle.get("slo_violation_pct").isNull()).isTrue();
        assertThat(oracle.get("cost_usd").doubleValue()).isEqualTo(4);
    }

    @Test
    void tableIsAlignedAndNamesEveryPolicyAndTarget() {
        String table = ReportTable.of(SimulationView.of(Reports.spike(20, 40.0)));
        assertThat(table)
                .contains("x6-step\n", "+200%-ramp\n", "reactive at 0.40", "1,234.50")
                .contains("met  x6-step: capacity ready within 47 s (p95)", "40.0 s, n = 20");
        List<String> policies = table.lines()
                .filter(line -> line.matches("  (policy|zeroops|static|oracle|reactive).*"))
                .toList();
        assertThat(policies).hasSize(14);
        assertThat(policies.stream().map(String::length).distinct()).hasSize(1);
    }

    @Test
    void percentileOfTooFewRunsShowsNothing() {
        assertThat(met(Reports.spike(19, 40.0), "x6-step: capacity ready")).isEqualTo("not shown");
        assertThat(met(Reports.spike(20, null), "x6-step: capacity ready")).isEqualTo("not shown");
        assertThat(met(Reports.spike(20, Double.NaN), "x6-step: capacity ready"))
                .isEqualTo("not shown");
        assertThat(met(Reports.spike(20, 47.0), "x6-step: capacity ready")).isEqualTo("met");
        assertThat(met(Reports.spike(20, 47.1), "x6-step: capacity ready")).isEqualTo("missed");
        assertThat(met(Reports.spike(1, 47.1), "x6-step: capacity ready")).isEqualTo("missed");
    }

    /** Of two reactive targets one costs no more than ours: it decides, and equal violations are not fewer. */
    @Test
    void replayIsJudgedAgainstWhatCostsNoMore() {
        assertThat(replayed(8.9, 3).verdict()).isEqualTo("met");
        assertThat(replayed(9, 3).verdict()).isEqualTo("missed");
        assertThat(replayed(1, 6).verdict()).isEqualTo("missed");
        assertThat(replayed(0, 2.9).verdict()).isEqualTo("not shown");
        assertThat(replayed(Double.NaN, 3).verdict()).isEqualTo("missed");
    }

    private static EvaluationView.Goal replayed(double violations, double cost) {
        SimulationReport spike = Reports.spike(1, 40.0);
        var variant = new SimulationReport.Variant(
                "replay",
                Map.of("zeroops", Reports.figures(null, violations, cost)),
                spike.reactiveFront(),
                null,
                null);
        return SimulationView.of(new SimulationReport(
                        "replay",
                        spike.seeds(),
                        variant.policies(),
                        variant.reactiveFront(),
                        List.of(variant),
                        null,
                        null,
                        200_000,
                        1,
                        1,
                        1,
                        "",
                        1,
                        0,
                        List.of(),
                        List.of()))
                .goals()
                .get(0);
    }

    @Test
    void campaignMissesItsTargetByOneViolation() {
        assertThat(SimulationView.of(Reports.campaign(0)).goals())
                .allMatch(goal -> goal.verdict().equals("met"));
        assertThat(SimulationView.of(Reports.campaign(1)).goals().get(0).verdict())
                .isEqualTo("missed");
        assertThat(ReportTable.of(SimulationView.of(Reports.campaign(1)))).contains("double commit", "missed");
    }

    @Test
    void pageAsksTheNetworkForNothing() {
        for (String page : pages()) {
            assertThat(Pattern.compile("(src|href|srcset|action|poster)\\s*=\\s*[\"']?\\s*(https?:)?//")
                            .matcher(page)
                            .find())
                    .isFalse();
            assertThat(page)
                    .contains("default-src 'none'")
                    .doesNotContain("@import", "fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon")
                    .doesNotContain("<link", "<img", "<iframe", "src=", "url(");
        }
    }

    @Test
    void pageKeepsTheLicenceAndTheCommand() {
        assertThat(pages()).allMatch(page -> page.contains("The MIT License") && page.contains("Leon Sorokin"));
        assertThat(pages()).allMatch(page -> page.contains("<code>./zeroops simulate &lt;x&gt;</code>"));
    }

    /** What comes from outside stays text: as many elements as without it, and no place of the template is filled by it. */
    @Test
    void pageIsNotBrokenByTexts() throws IOException {
        String page = ReportPage.of(SimulationView.of(Reports.spike(20, 40.0)), "./zeroops simulate <x>");
        assertThat(page.split("<script", -1)).hasSize(5);
        assertThat(page.split("</script>", -1)).hasSize(5);
        assertThat(page).doesNotContain("<script>alert");
        JsonNode plots = mapper.readTree(between(page, "id=\"plot-data\">", "</script>"));
        assertThat(plots.get(0).get("marks").get(0).get("text").asText()).isEqualTo(Reports.HARMFUL);
        assertThat(plots.get(0).get("series").get(1).get("values").get(1).isNull())
                .isTrue();
        JsonNode report = mapper.readTree(between(page, "id=\"report\">", "</script>"));
        assertThat(report.get("scenario").asText()).isEqualTo("traffic-spike");
    }

    private static List<String> pages() {
        String command = "./zeroops simulate <x>";
        return List.of(
                ReportPage.of(SimulationView.of(Reports.spike(20, 40.0)), command),
                ReportPage.of(SimulationView.of(Reports.campaign(1)), command));
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }

    private static String met(SimulationReport report, String name) {
        return SimulationView.of(report).goals().stream()
                .filter(target -> target.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
