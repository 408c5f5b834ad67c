package io.novacron.zeroops.http.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.novacron.zeroops.http.cli.CommandLineRun;
import io.novacron.zeroops.runtime.settings.ClusterSettings;
import io.novacron.zeroops.runtime.settings.Discovery;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code conf/kubernetes} asks of Kubernetes: by its schema, and that the parts fit each other and the program. */
class KubernetesManifestsTest {
    private static final Map<String, String> NODES = Map.of("app", "zeroops");
    private static final Path DIRECTORY = Path.of("../conf/kubernetes");

    @TempDir
    Path directory = Path.of("");

    private List<HasMetadata> all = List.of();
    private Settings settings = Settings.DEFAULTS;

    @BeforeEach
    void read() throws IOException, SettingsException {
        all = Manifests.all(DIRECTORY);
        Path file = directory.resolve("zeroops.yaml");
        settings = SettingsReader.read(
                Files.writeString(file, one(ConfigMap.class).getData().get("zeroops.yaml")));
    }

    @Test
    void anUnknownFieldIsFound() {
        assertThatThrownBy(() -> Manifests.parse("kind: Service\napiVersion: v1\nspec: {clusterIp: None}\n"))
                .hasMessageContaining("clusterIp");
        assertThatThrownBy(() -> Manifests.parse("kind: Service\napiVersion: v1\nspec: {ports: [{port: http}]}\n"))
                .hasMessageContaining("http");
    }

    @Test
    void allIsInTheNamespaceThatIsMade() {
        assertThat(one(Namespace.class).getMetadata().getName()).isEqualTo("zeroops");
        assertThat(all)
                .hasSize(10)
                .filteredOn(each -> !(each instanceof Namespace))
                .allSatisfy(each -> {
                    assertThat(each.getMetadata().getNamespace()).isEqualTo("zeroops");
                    assertThat(each.getMetadata().getLabels()).isEqualTo(NODES);
                });
    }

    @Test
    void whatSelectsPodsSelectsTheNodes() {
        var nodes = one(StatefulSet.class).getSpec();
        assertThat(nodes.getTemplate().getMetadata().getLabels()).isEqualTo(NODES);
        assertThat(nodes.getSelector().getMatchLabels()).isEqualTo(NODES);
        assertThat(one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
                .isEqualTo(NODES);
        assertThat(one(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(NODES);
        assertThat(pod().getTopologySpreadConstraints()).hasSize(2).allSatisfy(spread -> assertThat(
                        spread.getLabelSelector().getMatchLabels())
                .isEqualTo(NODES));
        assertThat(all(Service.class)).hasSize(2).allSatisfy(service -> assertThat(
                        service.getSpec().getSelector())
                .isEqualTo(NODES));
    }

    @Test
    void aMajorityIsLeftByWhatIsTakenAtOnce() {
        int replicas = one(StatefulSet.class).getSpec().getReplicas();
        int taken = one(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal();
        assertThat(replicas).isEqualTo(3);
        assertThat(2 * (replicas - taken)).isGreaterThan(replicas);
        assertThat(2 * cluster().requiredContactPoints()).isGreaterThan(replicas);
        assertThat(replicas - taken).isGreaterThanOrEqualTo(cluster().requiredContactPoints());
    }

    @Test
    void nodesThatWaitForEachOtherAreStartedTogetherAndCanBeFound() {
        var nodes = one(StatefulSet.class).getSpec();
        assertThat(nodes.getPodManagementPolicy()).isEqualTo("Parallel");
        Service headless = named(Service.class, nodes.getServiceName());
        assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(cluster().discovery()).isEqualTo(Discovery.KUBERNETES);
        assertThat(NODES).containsEntry("app", cluster().service());
        assertThat(container().getEnv())
                .filteredOn(variable -> variable.getName().equals("ZEROOPS_CLUSTER_HOST"))
                .singleElement()
                .satisfies(variable -> assertThat(
                                variable.getValueFrom().getFieldRef().getFieldPath())
                        .isEqualTo("status.podIP"));
    }

    @Test
    void nodesMaySeePodsAndNothingElse() {
        assertThat(one(Role.class).getRules())
                .singleElement()
                .extracting(PolicyRule::getApiGroups, PolicyRule::getResources, PolicyRule::getVerbs)
                .containsExactly(List.of(""), List.of("pods"), List.of("get", "list", "watch"));
        RoleBinding binding = one(RoleBinding.class);
        assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
        assertThat(binding.getRoleRef().getName())
                .isEqualTo(one(Role.class).getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> assertThat(subject.getName())
                .isEqualTo(pod().getServiceAccountName()));
    }

    @Test
    void portsAreThoseOfTheSettings() {
        Map<String, Integer> ports = container().getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
        assertThat(ports)
                .isEqualTo(Map.of(
                        "http",
                        settings.node().port(),
                        "management",
                        cluster().managementPort(),
                        "remoting",
                        cluster().port()));
        for (Service service : all(Service.class)) {
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(ports).containsEntry(port.getTargetPort().getStrVal(), port.getPort());
            }
        }
        var ingress = one(NetworkPolicy.class).getSpec().getIngress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal());
        assertThat(ingress).containsExactlyInAnyOrderElementsOf(ports.values());
    }

    @Test
    void probesAskWhatTheProgramAnswers() {
        assertThat(path(container().getReadinessProbe())).isEqualTo("/api/zeroops/readyz");
        assertThat(path(container().getLivenessProbe())).isEqualTo("/api/zeroops/healthz");
        assertThat(path(container().getStartupProbe())).isEqualTo("/api/zeroops/healthz");
        Probe startup = container().getStartupProbe();
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold())
                .as("longer than the ten minutes that a start may take, in seconds")
                .isGreaterThan(600);
        assertThat(pod().getTerminationGracePeriodSeconds())
                .as("the pause of preStop, an orderly stop of 30 s, and as much again")
                .isGreaterThanOrEqualTo(70);
    }

    @Test
    void containersGetNoPrivileges() {
        assertThat(one(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        var security = container().getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container().getResources().getLimits()).containsKey("memory");
        assertThat(container().getResources().getRequests()).containsKeys("memory", "cpu");
    }

    @Test
    void secretsAreFilesThatTheSettingsName() {
        assertThat(container().getEnv()).extracting(EnvVar::getName).noneMatch(name -> name.contains("PASSWORD"));
        assertThat(pod().getVolumes())
                .extracting(Volume::getName)
                .containsExactlyInAnyOrderElementsOf(container().getVolumeMounts().stream()
                        .map(VolumeMount::getName)
                        .toList());
        assertThat(mounted("database", "password"))
                .isEqualTo(settings.database().passwordFile().toString());
        assertThat(mounted("tls", "tls.crt"))
                .isEqualTo(cluster().tls().certificate().toString());
        assertThat(mounted("tls", "tls.key")).isEqualTo(cluster().tls().key().toString());
        assertThat(mounted("tls", "ca.crt")).isEqualTo(cluster().tls().ca().toString());
        assertThat(mounted("data", "")).isEqualTo(settings.node().data() + "/");
        assertThat(container().getArgs()).containsExactly("start", "--config", mounted("settings", "zeroops.yaml"));
    }

    @Test
    void theCertificateIsWrittenToTheSecretThatIsMounted() throws IOException {
        var certificate =
                (Certificate) Manifests.all(DIRECTORY.resolve("cert-manager")).get(0);
        assertThat(certificate.getSpec().getSecretName())
                .isEqualTo(pod().getVolumes().stream()
                        .filter(volume -> volume.getName().equals("tls"))
                        .findAny()
                        .orElseThrow()
                        .getSecret()
                        .getSecretName());
        assertThat(certificate.getSpec().getUsages()).containsExactlyInAnyOrder("server auth", "client auth");
    }

    @Test
    void theSettingsAreInOrder() {
        var run = CommandLineRun.of(
                "config", "check", directory.resolve("zeroops.yaml").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(0);
        assertThat(cluster().isShared()).isTrue();
        assertThat(cluster().tls().isOn()).isTrue();
    }

    private ClusterSettings cluster() {
        return settings.cluster();
    }

    private PodSpec pod() {
        return one(StatefulSet.class).getSpec().getTemplate().getSpec();
    }

    private Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    private String mounted(String volume, String file) {
        return container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .map(mount -> mount.getMountPath() + "/" + file)
                .findAny()
                .orElseThrow();
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    private <T> T one(Class<T> kind) {
        List<T> found = all(kind);
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    private <T extends HasMetadata> T named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    private <T> List<T> all(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
