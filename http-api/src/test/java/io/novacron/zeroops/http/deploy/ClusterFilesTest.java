package io.novacron.zeroops.http.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.http.cli.CommandLineRun;
import io.novacron.zeroops.runtime.settings.ClusterSettings;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that {@code conf} has for clusters. */
class ClusterFilesTest {
    @Test
    void oneNodeCanBeUsedAsItIs() {
        var run = CommandLineRun.of("config", "check", file(1).toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(0);
    }

    /** Whoever forgets to say who a node is would have the others look for themselves. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void eachOfSeveralMustSayHowItIsReached(int nodes) {
        var run = CommandLineRun.of("config", "check", file(nodes).toString());
        assertThat(run.err()).contains("cluster.host", "ZEROOPS_CLUSTER_HOST", "1 problem");
        assertThat(run.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void eachHasPostgresqlAndNoSecret(int nodes) throws SettingsException {
        assertThat(read(nodes).database().kind()).isEqualTo(DatabaseKind.POSTGRESQL);
        assertThat(read(nodes).database().passwordFile().isPresent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void halfOfTheNodesAreNoCluster(int nodes) throws SettingsException {
        ClusterSettings cluster = read(nodes).cluster();
        assertThat(cluster.contactPoints())
                .hasSize(nodes)
                .doesNotHaveDuplicates()
                .allSatisfy(point -> assertThat(point.port()).isEqualTo(cluster.managementPort()));
        assertThat(cluster.requiredContactPoints()).isEqualTo(nodes / 2 + 1);
        assertThat(cluster.tls().isOn()).isTrue();
    }

    /** One decides as the other: what a cluster may differ in is not what decisions depend on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void allDecideByTheDefaults(int nodes) throws SettingsException {
        assertThat(read(nodes).sha256()).isEqualTo(Settings.DEFAULTS.sha256());
    }

    private static Path file(int nodes) {
        return Path.of("../conf/cluster-" + nodes + ".yaml");
    }

    private static Settings read(int nodes) throws SettingsException {
        Map<String, String> ofThisNode = nodes == 1 ? Map.of() : Map.of("ZEROOPS_CLUSTER_HOST", "node-1.example.org");
        return SettingsReader.find(file(nodes), ofThisNode).settings();
    }
}
