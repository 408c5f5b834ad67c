package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Tree;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing yet\n",
                "---\n",
                "{}",
                "\uFEFF",
                "safety_constraints:\nbudget_config: ~\n",
                "null",
                "budget_config: {tree: []}"
            })
    void whatIsNotSaidHasItsDefault(String text) throws SettingsException {
        assertThat(SettingsReader.parse("f", text).settings()).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void defaultsAreThoseOfTheAgents() {
        assertThat(Settings.DEFAULTS.safetyConstraints()).isEqualTo(SafetyConstraints.DEFAULTS);
        assertThat(Settings.DEFAULTS.decisionPolicy()).isEqualTo(DecisionPolicy.DEFAULTS);
        assertThat(Settings.DEFAULTS.calendarPolicy()).isEqualTo(CalendarPolicy.DEFAULTS);
        assertThat(Settings.DEFAULTS.opsPolicy()).isEqualTo(OpsPolicy.DEFAULTS);
        assertThat(Settings.DEFAULTS.resourcePolicy()).isEqualTo(ResourcePolicy.DEFAULTS);
        assertThat(Settings.DEFAULTS.initialMode()).isEqualTo(Mode.FULL);
        assertThat(Settings.DEFAULTS.scalerPolicies())
                .extracting(ScalerPolicy::workload)
                .containsExactly("web", "api", "search");
        assertThat(Settings.DEFAULTS.budgetNodes())
                .containsExactly(
                        new Node("all", "", Money.dollars(1_000_000), 0),
                        new Node("shop", "all", Money.dollars(1_000_000), 0),
                        new Node("search", "all", Money.dollars(1_000_000), 0));
    }

    @Test
    void everyPolicyHearsWhatTheFileSays() throws Exception {
        Path file = Files.writeString(
                directory.resolve("zeroops.yaml"),
                """
                human_approval: true
                max_automated_cost: 12.5
                safety_constraints:
                  require_approval_above: 0.10
                  max_vms_auto_provisioned: 7
                  max_data_deleted: 500GiB
                  rate_limit_actions: 3
                  max_scale_up_percent: 150
                  max_scale_down_percent: 25
                  require_multi_approval: false
                  business_hours_only: true
                  canary_regions_first: false
                  canary_regions: [eu-1]
                  business_hours: {days: [sunday], from: 08:30, to: 00:00, zone: Europe/Berlin}
                decisions: {confidence_floor: 0.75, approval_patience: 1d, review_patience: 20s, answer_grace: 30s,
                  ask_patience: 5m, closing_patience: 3m}
                calendar: {max_disruptions: 4, max_disruptions_per_region: 2}
                operations: {override_max: 2h, mode: low_risk}
                resources: {call_patience: 10s, ask_patience: 20s, verify_patience: 3m}
                budget_config:
                  monthly_budget: 5000
                  tree:
                    - {node: team, limit: 4000, priority: 3}
                    - {node: shop, parent: team, limit: 100.5}
                workloads:
                  - {name: web, project: shop, region: eu-1, safe_load_per_s: 2.5, max_instances: 9, cost_per_hour: 0.3,
                     patience: 1h, rest: 0s}
                """);
        Settings settings = SettingsReader.read(file);
        SafetyConstraints safety = settings.safetyConstraints();
        assertThat(safety.maxAutomatedCost()).isEqualTo(Money.dollars(12.5));
        assertThat(safety.requireApprovalAbove()).isEqualTo(Money.dollars(0.1));
        assertThat(safety.maxVmsAutoProvisioned()).isEqualTo(7);
        assertThat(safety.maxDataDeletedBytes()).isEqualTo(500L << 30);
        assertThat(safety.rateLimitActions()).isEqualTo(3);
        assertThat(safety.maxScaleUpPercent()).isEqualTo(150);
        assertThat(safety.maxScaleDownPercent()).isEqualTo(25);
        assertThat(safety.businessHoursOnly()).isTrue();
        assertThat(safety.canaryRegionsFirst()).isFalse();
        assertThat(safety.canaryRegions()).containsExactly("eu-1");
        assertThat(safety.businessHours().days()).containsExactly(DayOfWeek.SUNDAY);
        assertThat(safety.businessHours())
                .hasToString("BusinessHours[days=[SUNDAY], from=08:30, to=00:00, zone=Europe/Berlin]");
        assertThat(settings.decisionPolicy())
                .isEqualTo(new DecisionPolicy(
                        0.75,
                        Money.dollars(0.1),
                        false,
                        true,
                        Duration.ofDays(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(3),
                        DecisionPolicy.Routes.DEFAULTS));
        assertThat(settings.calendarPolicy()).isEqualTo(new CalendarPolicy(4, 2));
        assertThat(settings.opsPolicy().overrideMax()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.initialMode()).isEqualTo(Mode.LOW_RISK);
        assertThat(settings.resourcePolicy())
                .isEqualTo(new ResourcePolicy(
                        Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(3), Duration.ofDays(1)));
        assertThat(settings.budgetNodes())
                .containsExactly(
                        new Node("all", "", Money.dollars(5000), 0),
                        new Node("team", "all", Money.dollars(4000), 3),
                        new Node("shop", "team", Money.dollars(100.5), 0));
        assertThat(settings.scalerPolicies())
                .containsExactly(new ScalerPolicy(
                        "web", "shop", "eu-1", 2.5, 1, 9, Money.dollars(0.3), Duration.ofHours(1), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"true, auto, FULL", "false, auto, OBSERVE", "true, observe, OBSERVE", "false, low_risk, LOW_RISK"})
    void theModeIsDerivedOrSaid(boolean full, String mode, Mode expected) throws SettingsException {
        String text = "enable_full_automation: " + full + "\noperations: {mode: " + mode + "}";
        assertThat(SettingsReader.parse("f", text).settings().initialMode()).isEqualTo(expected);
    }

    @Test
    void theTreeIsAsDeepAsTheBudgetTakes() throws SettingsException {
        var nodes =
                SettingsReader.parse("f", chain(Tree.DEPTH_MAX - 1)).settings().budgetNodes();
        var budget = new BudgetAgent("budget/main", BudgetPolicy.DEFAULT);
        assertThat(budget.decide(budget.initial(), new Allocate("person", nodes), Instant.EPOCH)
                        .reply()
                        .accepted())
                .isTrue();
        assertThat(problems(chain(Tree.DEPTH_MAX)))
                .singleElement()
                .asString()
                .contains("tree[31].parent: 'n32' is more than 32 levels down, or above itself");
    }

    private static String chain(int length) {
        var text = new StringBuilder("workloads: []\nbudget_config:\n  tree:\n    - {node: n1, limit: 1}\n");
        for (int i = 2; i <= length; i++) {
            text.append("    - {node: n")
                    .append(i)
                    .append(", limit: 1, parent: n")
                    .append(i - 1)
                    .append("}\n");
        }
        return text.toString();
    }

    @Test
    void filesThatCannotBeReadAreProblemsOfTheWholeFile() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        assertThat(problems(missing))
                .containsExactly(missing + ": does not exist: name a file, such as conf/zeroops.yaml");
        assertThat(problems(directory)).containsExactly(directory + ": is a directory: name a file in it");
        Path latin = Files.write(directory.resolve("latin.yaml"), "# gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems(latin)).containsExactly(latin + ": is no text in UTF-8: save it as UTF-8");
        Path large = Files.writeString(directory.resolve("large.yaml"), "#".repeat(SettingsReader.SIZE_MAX + 1));
        assertThat(problems(large)).singleElement().asString().contains("is larger than 1 MiB");
        Path largest = Files.writeString(directory.resolve("largest.yaml"), "#".repeat(SettingsReader.SIZE_MAX));
        assertThat(largest)
                .satisfies(file -> assertThat(SettingsReader.read(file)).isEqualTo(Settings.DEFAULTS));
    }

    @Test
    void keysAreCounted() throws SettingsException {
        String text = "human_approval: true\nsafety_constraints: {rate_limit_actions: 1, canary_regions: [a, b]}\n"
                + "workloads: [{name: w, project: p, region: r, safe_load_per_s: 1, max_instances: 1, cost_per_hour: 1}]";
        assertThat(SettingsReader.parse("f", text).keysSet()).isEqualTo(4);
        assertThat(SettingsReader.parse("f", "").keysSet()).isZero();
    }

    private static List<String> problems(String text) {
        return shown(Objects.requireNonNull(
                catchThrowableOfType(SettingsException.class, () -> SettingsReader.parse("f", text)),
                "it was taken as it is"));
    }

    private static List<String> problems(Path file) {
        return shown(Objects.requireNonNull(
                catchThrowableOfType(SettingsException.class, () -> SettingsReader.read(file)),
                "it was taken as it is"));
    }

    private static List<String> shown(SettingsException e) {
        return e.problems().stream().map(Problem::toString).toList();
    }
}
