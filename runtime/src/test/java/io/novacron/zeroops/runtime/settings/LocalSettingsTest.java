package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nodes of one cluster may differ in. */
class LocalSettingsTest {
    @TempDir
    Path directory = Path.of(".");

    private Settings read(String text, Map<String, String> environment) throws IOException, SettingsException {
        Path file = Files.writeString(directory.resolve("zeroops.yaml"), text);
        return SettingsReader.find(file, environment).settings();
    }

    private static final String CLUSTER =
            "provider: {kind: http}\ndatabase: {kind: postgresql}\ncluster: {discovery: static, contact_points: ['10.0.0.1:8558', '10.0.0.2:8558',"
                    + " '10.0.0.3:8558'], host: node-9, tls: {plaintext: true}}";

    @Test
    void theEnvironmentCountsMoreThanTheFile() throws Exception {
        Settings settings = read(
                CLUSTER,
                Map.of(
                        "ZEROOPS_CLUSTER_HOST", "10.0.0.2",
                        "ZEROOPS_CLUSTER_ROLES", "[api]",
                        "ZEROOPS_CLUSTER_TLS_PLAINTEXT", "true",
                        "ZEROOPS_DATABASE_PASSWORD_FILE", "/run/secrets/password",
                        "ZEROOPS_DATA", "/somewhere"));
        assertThat(settings.cluster().host()).isEqualTo(new HostName("10.0.0.2"));
        assertThat(settings.cluster().roles()).isEqualTo(List.of(Role.API));
        assertThat(settings.cluster().contactPoints()).hasSize(3).contains(new HostAndPort("10.0.0.3", 8558));
        assertThat(settings.database().passwordFile().path()).contains(Path.of("/run/secrets/password"));
    }

    @Test
    void policyIsForTheFileAlone() throws Exception {
        Settings settings =
                read("", Map.of("ZEROOPS_BUDGET_CONFIG_MONTHLY_BUDGET", "5", "ZEROOPS_HUMAN_APPROVAL", "true"));
        assertThat(settings).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void aWrongVariableIsNamed() {
        assertThatThrownBy(() -> read("", Map.of("ZEROOPS_CLUSTER_PORT", "many", "ZEROOPS_NODE_PORT", "70000")))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .anySatisfy(text -> assertThat(text)
                                .contains("ZEROOPS_CLUSTER_PORT", "cluster.port", "'many' is no whole number"))
                        .anySatisfy(text -> assertThat(text).contains("ZEROOPS_NODE_PORT", "'70000' is out of range")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "cluster: {discovery: static} | contact_points",
                "database: {kind: postgresql}\\ncluster: {discovery: static, contact_points: ['a:1','b:1','c:1','d:1']} | is not more than half",
                "cluster: {discovery: dns} | a cluster shares its journal",
                "database: {kind: postgresql}\\ncluster: {discovery: dns, host: 10.0.0.1} | can be reached from other machines",
                "cluster: {tls: {key: k.pem}} | needs all three",
                "cluster: {roles: []} | is empty",
                "cluster: {host: 'a b'} | is no host",
                "cluster: {contact_points: [a]} | is no host and port",
                "cluster: {stable_after: 6s} | is out of range",
                "database: {url: \"jdbc:postgresql://u:secret@h/d\"} | without a password",
                "database: {url: \"jdbc:postgresql://h/d?password=secret\"} | without a password",
                "database: {url: \"jdbc:h2:mem:x\"} | JDBC address of PostgreSQL",
            })
    void whatCannotWorkIsRefused(String text, String expected) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n"), Map.of()))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .anySatisfy(problem -> assertThat(problem.toString()).contains(expected)));
    }
}
