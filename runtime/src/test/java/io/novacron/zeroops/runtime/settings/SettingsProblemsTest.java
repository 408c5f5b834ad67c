package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsProblemsTest {

    @Test
    void allFaultsAreFoundAtOnceWhereTheyAre() {
        assertThat(
                        problems(
                                """
                        humman_approval: true
                        max_automated_cost: plenty
                        safety_constraints:
                          rate_limit_actions: 100
                          max_data_deleted: 1TB
                          rate_limit_actions: 200
                        scaling_config:
                          scale_down_threshold: 0.8
                        """))
                .containsExactly(
                        "f:1:1: humman_approval: is unknown: is it human_approval?",
                        "f:2:21: max_automated_cost: 'plenty' is no amount of money: write plain dollars, such as 1000 or"
                                + " 0.25, from 0 to 1000000000",
                        "f:5:21: safety_constraints.max_data_deleted: '1TB' is no size: write a whole number and KiB, MiB,"
                                + " GiB or TiB, such as 500GiB, or bytes, from 0 to 1EiB",
                        "f:6:3: safety_constraints.rate_limit_actions: is set twice, first in line 4: leave one out",
                        "f:8:25: scaling_config.scale_down_threshold: scale_down_threshold 0.8 is not below"
                                + " scale_up_threshold 0.7: leave room between them, or capacity goes up and down for"
                                + " ever");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "human_approval: yes | human_approval: 'yes' is no boolean: write true or false",
                "human_approval: 1 | '1' is no boolean",
                "human_approval: | human_approval: has no value: write true or false, or leave the key out",
                "human_approval: [true] | human_approval: is a list or group: write true or false",
                "max_automated_cost: $5 | '$5' is no amount of money",
                "max_automated_cost: 0.0000001 | is no amount of money",
                "max_automated_cost: .nan | '.nan' is no amount of money",
                "max_automated_cost: -1 | '-1' is out of range",
                "max_automated_cost: 99999999999999999999999 | is out of range: write plain dollars",
                "target_mttd: 10 | '10' is no duration: write a whole number and s, m, h or d, such as 30s or 7d, from 1s",
                "target_mttd: 5 minutes | '5 minutes' is no duration",
                "target_mttd: 5M | '5M' is no duration",
                "target_mttd: 0s | '0s' is out of range",
                "target_mttd: -5s | '-5s' is out of range",
                "target_mttd: 99999999999999999999999d | is out of range",
                "target_automation_rate: 99.9% | '99.9%' is no number: write a number from 0 to 1",
                "target_automation_rate: 99.9 | '99.9' is out of range: write a number from 0 to 1",
                "target_automation_rate: .NaN | '.NaN' is no number",
                "target_automation_rate: NaN | 'NaN' is no number",
                "target_automation_rate: .inf | '.inf' is no number",
                "target_automation_rate: 1e-1 | '1e-1' is no number",
                "target_automation_rate: 1_0 | '1_0' is no number",
                "calendar: {max_disruptions: 2.5} | '2.5' is no whole number: write a whole number from 1 to 1000",
                "calendar: {max_disruptions: 0x10} | '0x10' is no whole number",
                "calendar: {max_disruptions: 0} | '0' is out of range",
                "calendar: {max_disruptions: 99999999999999999999} | is out of range",
                "safety_constraints: {max_data_deleted: 1 TiB} | '1 TiB' is no size",
                "safety_constraints: {max_data_deleted: 8EiB} | '8EiB' is out of range",
                "safety_constraints: {max_data_deleted: 99999999999999999999999TiB} | is out of range",
                "safety_constraints: {canary_regions: eu-1} | canary_regions: is no list: write [] for none",
                "safety_constraints: {canary_regions: ['']} | canary_regions[0]: '' is no name",
                "safety_constraints: {canary_regions: [a/b]} | canary_regions[0]: 'a/b' is no name",
                "safety_constraints: {canary_regions: [a, a]} | canary_regions[1]: 'a' is in the list already",
                "safety_constraints: {business_hours: {days: [sun]}} | days[0]: 'sun' is no known value: write one of monday",
                "safety_constraints: {business_hours: {days: []}} | names no day",
                "safety_constraints: {business_hours: {from: 9am}} | '9am' is no time of day",
                "safety_constraints: {business_hours: {from: 25:00}} | '25:00' is no time of day",
                "safety_constraints: {business_hours: {to: 09:00}} | to: from 09:00 to 09:00 is no time at all",
                "safety_constraints: {business_hours: {zone: Berlin}} | 'Berlin' is no time zone",
                "safety_constraints: 5 | safety_constraints: is no group of keys",
                "safety_constraints: [a] | safety_constraints: is no group of keys",
                "alerting_config: {min_alert_severity: P5} | 'P5' is no known value: write one of P0, P1, P2, P3, P4",
                "operations: {mode: paused} | 'paused' is no known value: write one of auto, observe, low_risk, full",
                "node: {bind: 0.0.0.0} | 0.0.0.0 can be reached from other machines, and there is no authentication yet",
                "node: {bind: 127.0.0.256} | 127.0.0.256 can be reached from other machines",
                "node: {bind: 127.0.0.1.evil.org} | can be reached from other machines",
                "node: {port: 65536} | '65536' is out of range",
                "node: {data: ''} | '' is no path",
                "node: {log_format: xml} | 'xml' is no known value: write one of text, json",
            })
    void eachTypeSaysWhatItTakes(String text, String expected) {
        assertThat(problems(text)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate_limit_actions: 5 | rate_limit_actions: is unknown here: it belongs to safety_constraints",
                "budget_config: {chaos_engineering_daily: true} | it belongs to the top level",
                "zone: UTC | it belongs to safety_constraints.business_hours",
                "ask_patience: 1m | it belongs to decisions or resources",
                "humanApproval: true | is it human_approval?",
                "human-approval: true | is it human_approval?",
                "saftey_constraints: {rate_limit_actions: x} | is it safety_constraints?",
                "calendar: {colour: red} | calendar.colour: is unknown: use max_disruptions, max_disruptions_per_region",
                "? [a, b] : c | has a key that is no word",
                "workloads: [{naem: w, project: p, region: r, safe_load_per_s: 1, max_instances: 1, cost_per_hour: 1}]"
                        + " | workloads[0].naem: is unknown: is it name?",
            })
    void whoeverMisspellsAKeyIsToldWhich(String text, String expected) {
        assertThat(problems(text)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scaling_config: {cost_optimization_weight: 0.5} | f:1:44: scaling_config.cost_optimization_weight:"
                        + " cost_optimization_weight 0.5 and performance_weight 0.6 add up to 1.1",
                "scaling_config: {performance_weight: 0.5} | f:1:38: scaling_config.performance_weight",
                "calendar: {max_disruptions: 4} | max_disruptions_per_region 5 is more than max_disruptions 4",
                "enable_full_automation: false\\noperations: {mode: full} | f:2:20: operations.mode: full contradicts",
                "budget_config: {tree: [{node: a, limit: 1}]}\\nworkloads: [{name: w, project: b, region: r,"
                        + " safe_load_per_s: 1, max_instances: 1, cost_per_hour: 1}]"
                        + " | f:2:32: workloads[0].project: no node of budget_config.tree is called 'b'",
                "budget_config: {tree: [{node: shop, limit: 1}]} | f:1:23: budget_config.tree: no node of"
                        + " budget_config.tree is called 'search', the project of workload 'search'",
                "workloads: []\\nbudget_config: {tree: [{node: a, parent: b, limit: 1}]} | tree[0].parent: 'b' is no node",
                "workloads: []\\nbudget_config: {tree: [{node: all, limit: 1}]} | tree[0].node: 'all' is the node of",
                "workloads: []\\nbudget_config: {tree: [{node: a, parent: a, limit: 1}]} | or above itself",
                "workloads: []\\nbudget_config: {tree: [{node: a, limit: 1}, {node: a, limit: 2}]} | tree[1]: 'a' is in",
                "workloads: [{name: w, project: p, region: r, safe_load_per_s: 1, min_instances: 2, max_instances: 1,"
                        + " cost_per_hour: 1}] | min_instances 2 is more than max_instances 1",
                "workloads: [{name: w, project: p, region: r, safe_load_per_s: 1, cost_per_hour: 1}]"
                        + " | f:1:13: workloads[0].max_instances: is missing: write a whole number from 0 to 1000000",
                "workloads: [w] | workloads[0]: is no group of keys",
                "workloads: [{name: w, project: p, region: r, safe_load_per_s: 0, max_instances: 1, cost_per_hour: 1}]"
                        + " | workloads[0].safe_load_per_s: '0' is out of range",
            })
    void valuesMustFitEachOther(String text, String expected) {
        assertThat(problems(text.replace("\\n", "\n")))
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void aWrongValueIsNotAlsoCalledInconsistent() {
        assertThat(problems("scaling_config: {scale_down_threshold: 7, scale_up_threshold: 0.2}"))
                .singleElement()
                .asString()
                .contains("'7' is out of range");
        assertThat(problems("budget_config: {tree: [{node: a}]}"))
                .singleElement()
                .asString()
                .contains("limit: is missing");
    }

    @Test
    void whatEachWorkloadNeedsIsToldOnce() {
        String w = "{name: w, project: p, region: r, safe_load_per_s: 1, max_instances: 1, cost_per_hour: 1}";
        assertThat(problems("workloads: [" + w + ", " + w + "]"))
                .containsExactly("f:1:" + (13 + w.length() + 2)
                        + ": workloads[1]: 'w' is in the list already: leave it out, or rename it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "human_approval: 'true | f:1:22: is no YAML, so nothing else was checked: found unexpected end of stream",
                "a: b: c | f:1:5: is no YAML, so nothing else was checked: mapping values are not allowed here",
                "a: [ | is no YAML",
                "a: *b | found undefined alias b",
                "a: 1\\n---\\nb: 2 | is no YAML",
                "- a | f:1:1: is no group of keys",
                "true | f:1:1: is no group of keys",
                "human_approval: !!java.io.File [x] | is no YAML",
                "a: 1\\n\\nnode: {data: \u0001} | f:3:14: is no YAML, so nothing else was checked: special characters",
                "node:\\n\tport: 1 | f:2:1: is no YAML, so nothing else was checked: found character",
            })
    void whatIsNoYamlIsSaidSo(String text, String expected) {
        assertThat(problems(text.replace("\\n", "\n")))
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void anAttackIsBounded() {
        assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("is no YAML");
        String bomb = "a: &a [x]\nb: &b [" + "*a,".repeat(20) + "]\nc: [" + "*b,".repeat(20) + "]\n";
        assertThat(problems(bomb)).singleElement().asString().contains("is no YAML");
        assertThat(problems("a: &a [*a]\nsafety_constraints: {canary_regions: &b [*b]}"))
                .hasSize(2);
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            keys.append("unheard_of_").append(i).append(": 1\n");
        }
        assertThat(problems(keys.toString())).hasSize(Reading.PROBLEMS_MAX);
        assertThat(problems("safety_constraints: {canary_regions: [" + "a,".repeat(1001) + "]}"))
                .singleElement()
                .asString()
                .contains("has more than 1000 items");
        assertThat(problems("budget_config: {tree: [" + "x,".repeat(1001) + "]}"))
                .hasSize(1);
        assertThat(problems("node: {data: " + "x".repeat(5000) + "}"))
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .contains("xxx...' is no path");
    }

    private static List<String> problems(String text) {
        return shown(Objects.requireNonNull(
                catchThrowableOfType(SettingsException.class, () -> SettingsReader.parse("f", text)),
                "it was taken as it is"));
    }

    private static List<String> shown(SettingsException e) {
        return e.problems().stream().map(Problem::toString).toList();
    }
}
