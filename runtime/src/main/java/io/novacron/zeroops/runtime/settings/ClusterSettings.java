package io.novacron.zeroops.runtime.settings;

import java.time.Duration;
import java.util.List;

/** Which other nodes there are, and how they are reached. */
public record ClusterSettings(
        @Key(value = "zeroops", says = "The name of the cluster; nodes of another name are refused.") String name,
        @Key(
                        value = "none",
                        says =
                                "How nodes find each other: none (one node by itself), static (contact_points), dns or kubernetes (service).")
                Discovery discovery,
        @Key(value = "[agents, api]", says = "What this node does: agents runs agents, api serves HTTP and telemetry.")
                List<Role> roles,
        @Key(value = "127.0.0.1", says = "The address at which other nodes reach this one.") HostName host,
        @Key(value = "25520", min = "0", max = "65535", says = "The TCP port for other nodes; 0 takes a free one.")
                int port,
        @Key(
                        value = "8558",
                        min = "0",
                        max = "65535",
                        says = "The TCP port at which nodes that start ask for the cluster; 0 takes a free one.")
                int managementPort,
        @Key(value = "[]", says = "With static: host:port of every node's management port, this one's too.")
                List<HostAndPort> contactPoints,
        @Key(value = "zeroops", says = "With dns: the domain of the SRV records; with kubernetes: the pods' label app.")
                String service,
        @Key(
                        value = "2",
                        min = "1",
                        max = "100",
                        says = "Nodes that must see each other before they form a new cluster: more than half of all.")
                int requiredContactPoints,
        @Key(
                        value = "7s",
                        min = "7s",
                        max = "5m",
                        says =
                                "How long the nodes' view of each other must be stable before the lesser part of a cluster stops.")
                Duration stableAfter,
        @Key(says = "Certificates of the connections between nodes.") TlsSettings tls)
        implements Consistent {

    public ClusterSettings {
        roles = List.copyOf(roles);
        contactPoints = List.copyOf(contactPoints);
    }

    /** Whether there may be other nodes. */
    public boolean isShared() {
        return discovery != Discovery.NONE;
    }

    @Override
    public void check(Complaints complaints) {
        if (roles.isEmpty()) {
            complaints.add("is empty: a node does something, agents or api or both", "roles");
        }
        if (discovery == Discovery.STATIC && contactPoints.size() < requiredContactPoints) {
            complaints.add(
                    "names " + contactPoints.size() + " nodes, and required_contact_points wants "
                            + requiredContactPoints + ": name every node, and require more than half of them",
                    "contact_points",
                    "required_contact_points");
        }
        if (discovery == Discovery.STATIC && requiredContactPoints * 2 <= contactPoints.size()) {
            complaints.add(
                    requiredContactPoints + " of " + contactPoints.size()
                            + " is not more than half: two halves could form two clusters; write "
                            + (contactPoints.size() / 2 + 1),
                    "required_contact_points",
                    "contact_points");
        }
        if (discovery == Discovery.STATIC
                && host.isLoopback()
                && contactPoints.stream().anyMatch(point -> !new HostName(point.host()).isLoopback())) {
            complaints.add(
                    "are on other machines, and cluster.host is " + host.host()
                            + ", where none of them reaches this node: write its address, or set ZEROOPS_CLUSTER_HOST",
                    "host",
                    "contact_points");
        }
        if (isShared() && !host.isLoopback() && !tls.isOn() && !tls.plaintext()) {
            complaints.add(
                    host.host()
                            + " can be reached from other machines: give cluster.tls its certificate, key and ca, or say"
                            + " plaintext: true in a network that is protected otherwise",
                    "host",
                    "tls");
        }
    }
}
