package io.novacron.zeroops.runtime.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.runtime.settings.ClusterSettings;
import io.novacron.zeroops.runtime.settings.HostAndPort;
import io.novacron.zeroops.runtime.settings.TlsSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code cluster} of the settings means to Akka. */
public final class ClusterConfig {
    private static final String BOOTSTRAP = "akka.management.cluster.bootstrap.";
    private static final String SBR = "akka.cluster.split-brain-resolver.";

    /** How many times {@code stable_after} nodes may come and go before all give up, and are started again. */
    private static final int UNSTABLE_MAX = 4;

    private static final String SSL = "akka.remote.artery.ssl.rotating-keys-engine.";

    private ClusterConfig() {}

    /**
     * Before what all nodes share; nothing for a node by itself.
     *
     * @param format the newest of the journal that this node reads, which it shows to the others
     */
    public static Config of(ClusterSettings settings, int format) {
        if (!settings.isShared()) {
            return ConfigFactory.empty();
        }
        String host = settings.host().host();
        Map<String, Object> values = new HashMap<>();
        values.put("zeroops.cluster.name", settings.name());
        values.put(
                "akka.cluster.roles",
                Stream.concat(
                                settings.roles().stream()
                                        .map(role -> role.name().toLowerCase(Locale.ROOT)),
                                Stream.of(Formats.role(format)))
                        .toList());
        values.put(SBR + "stable-after", settings.stableAfter());
        values.put(SBR + "down-all-when-unstable", settings.stableAfter().multipliedBy(UNSTABLE_MAX));
        values.put("akka.remote.artery.canonical.hostname", host);
        values.put("akka.remote.artery.canonical.port", settings.port());
        values.put("akka.management.http.hostname", host);
        values.put("akka.management.http.port", settings.managementPort());
        values.put(BOOTSTRAP + "contact-point.fallback-port", settings.managementPort());
        values.put(BOOTSTRAP + "contact-point-discovery.required-contact-point-nr", settings.requiredContactPoints());
        values.put(BOOTSTRAP + "contact-point-discovery.service-name", settings.service());
        values.putAll(discovery(settings));
        if (settings.tls().isOn()) {
            values.putAll(tls(settings.tls()));
        }
        return ConfigFactory.parseMap(values).withFallback(ConfigFactory.parseResources("zeroops-cluster.conf"));
    }

    private static Map<String, Object> discovery(ClusterSettings settings) {
        String method = BOOTSTRAP + "contact-point-discovery.discovery-method";
        return switch (settings.discovery()) {
            case NONE -> Map.of();
            case STATIC ->
                Map.of(
                        method,
                        "config",
                        "akka.discovery.config.services." + quoted(settings.service()) + ".endpoints",
                        endpoints(settings.contactPoints()),
                        // Several nodes of one machine differ in their ports.
                        BOOTSTRAP + "contact-point.filter-on-fallback-port",
                        false);
            case DNS -> Map.of(method, "akka-dns");
            case KUBERNETES ->
                Map.of(method, "kubernetes-api", BOOTSTRAP + "contact-point-discovery.port-name", "management");
        };
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static List<Map<String, Object>> endpoints(List<HostAndPort> all) {
        return all.stream()
                .map(one -> Map.<String, Object>of("host", one.host(), "port", one.port()))
                .toList();
    }

    private static Map<String, Object> tls(TlsSettings tls) {
        return Map.of(
                "akka.remote.artery.transport",
                "tls-tcp",
                SSL + "key-file",
                tls.key().toString(),
                SSL + "cert-file",
                tls.certificate().toString(),
                SSL + "ca-cert-file",
                tls.ca().toString());
    }
}
