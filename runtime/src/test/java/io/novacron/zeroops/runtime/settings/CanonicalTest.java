package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {

    @Test
    void theSameSettingsHaveTheSameTextHoweverTheyWereWritten() throws SettingsException {
        Settings one = settings(
                """
                target_mttd: 120s
                safety_constraints: {max_data_deleted: 2048GiB, canary_regions: [b, a]}
                scaling_config: {scale_up_threshold: 0.8}
                """);
        Settings other = settings(
                """
                scaling_config:
                  scale_up_threshold: 0.800 # the same
                safety_constraints:
                  canary_regions:
                    - "b"
                    - a
                  max_data_deleted: 2TiB
                target_mttd: 2m
                human_approval: false
                """);
        assertThat(one).isEqualTo(other);
        assertThat(one.canonical()).isEqualTo(other.canonical());
        assertThat(one.sha256()).isEqualTo(other.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void whereAProcessRunsIsNoPartOfIt() throws SettingsException {
        Settings elsewhere =
                settings("node: {data: \"/srv/d\u00e4ta\", bind: '::1'}\ncluster: {host: node-1, name: other}\n"
                        + "database: {user: somebody}");
        assertThat(elsewhere).isNotEqualTo(Settings.DEFAULTS);
        assertThat(elsewhere.sha256()).isEqualTo(Settings.DEFAULTS.sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "human_approval: true",
                "safety_constraints: {max_data_deleted: 1025}",
                "safety_constraints: {max_data_deleted: 0, canary_regions: [eu-1, eu-2]}",
                "safety_constraints: {canary_regions: ['true', '1', 'null', '08.00', yes]}",
                "safety_constraints: {business_hours: {to: 00:00, zone: Europe/Berlin, days: [sunday, monday]}}",
                "max_automated_cost: 0.000001",
                "max_automated_cost: 999999999.999999",
                "max_false_alert_rate: 0.000000001",
                "target_mttr: 86399s",
                "operations: {override_max: 61m, mode: observe}",
                "workloads: []",
                "workloads: [{name: '1.0', project: p, region: r, safe_load_per_s: 0.333333333, min_instances: 0, max_instances: 0,"
                        + " cost_per_hour: 0, rest: 0s}]",
                "workloads: []\nbudget_config: {tree: [{node: b, limit: 1000000000}, {node: a, parent: b, limit: 0.01}]}",
            })
    void differentSettingsHaveDifferentTextsThatAreReadAgain(String text) throws SettingsException {
        Settings settings = settings(text);
        assertThat(settings.sha256()).isNotEqualTo(Settings.DEFAULTS.sha256());
        Settings again = Settings.ofCanonical(settings.canonical());
        assertThat(again).isEqualTo(settings);
        assertThat(again.canonical()).isEqualTo(settings.canonical());
    }

    @Test
    void itIsOneLineOfSortedJson() throws Exception {
        String canonical = Settings.DEFAULTS.canonical();
        assertThat(canonical)
                .doesNotContain("\n")
                .startsWith("{\"alert_only_p0\":false,\"alerting_config\":{\"auto_remediate_before_alert\":true,")
                .contains("\"max_data_deleted\":\"1TiB\"", "\"max_automated_cost\":10000,", "\"target_mttr\":\"1m\"");
        assertSorted(new ObjectMapper().readTree(canonical));
    }

    private static void assertSorted(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        assertThat(names).isSorted();
        node.forEach(CanonicalTest::assertSorted);
    }

    @Test
    void whatTheJournalHoldsButThisVersionDoesNotAllowIsSaid() {
        String old = Settings.DEFAULTS.canonical().replace("\"max_disruptions\":10", "\"max_disruptions\":100000");
        assertThatThrownBy(() -> Settings.ofCanonical(old))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("journaled settings:1:")
                .hasMessageContaining("calendar.max_disruptions: '100000' is out of range");
    }

    private static Settings settings(String text) throws SettingsException {
        return SettingsReader.parse("f", text).settings();
    }
}
