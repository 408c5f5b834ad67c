package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Hosts with a switch between them: each a network namespace, the switch too, so that no packet leaves them and none of the
 * machine's own interfaces is touched. What is wrong with the network is one set of rules in the switch, replaced as a
 * whole; latency is netem's where the kernel has it, else that of a program in the host's line to the switch.
 *
 * <p>Names begin with the process that made them, so that whoever comes next removes what a dead one left.
 */
final class Network implements AutoCloseable {
    private static final String SUBNET = "10.77.1.";
    private static final int HOSTS_MAX = 200;
    private static final String PREFIX = "zo";

    private final String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    private final String hub = prefix + "sw";
    private final Map<String, Host> hosts = new TreeMap<>();
    private final TreeSet<String> cut = new TreeSet<>(); // rules
    private final Map<String, Integer> lossPermille = new TreeMap<>(); // by host
    private final Map<String, Process> delays = new HashMap<>(); // by host

    private Network() {}

    /** What keeps this machine from having such networks, in words; empty if nothing does. */
    static Optional<String> missing() {
        if (!Shell.works("ip", "-V") || !Shell.works("nft", "--version")) {
            return Optional.of("needs iproute2 and nftables (Debian: apt-get install iproute2 nftables)");
        }
        String probe = PREFIX + ProcessHandle.current().pid() + "-probe";
        boolean may = Shell.works("ip", "netns", "add", probe);
        if (may) {
            Shell.run("ip", "netns", "del", probe);
        }
        return may ? Optional.empty() : Optional.of("needs root and iproute2: network namespaces cannot be made");
    }

    static Network create() {
        removeStale();
        var network = new Network();
        Shell.run("ip", "netns", "add", network.hub);
        network.inHub("link", "add", "br0", "type", "bridge");
        network.inHub("link", "set", "br0", "up");
        return network;
    }

    private static void removeStale() {
        for (String line : Shell.run("ip", "netns", "list").lines().toList()) {
            String name = line.split(" ", 2)[0];
            if (name.matches(PREFIX + "\\d+-.*")) {
                long owner = Long.parseLong(name.substring(PREFIX.length(), name.indexOf('-')));
                if (ProcessHandle.of(owner).isEmpty()) {
                    remove(name);
                }
            }
        }
    }

    private static void remove(String namespace) {
        new Host(namespace, namespace, "").powerOff();
        Shell.run("ip", "netns", "del", namespace);
    }

    private void inHub(String... command) {
        Shell.run("", Shell.list(List.of("ip", "-n", hub), command));
    }

    /** @param name at most 8 letters and digits */
    Host host(String name) {
        int number = hosts.size() + 1;
        if (!name.matches("[a-z0-9]{1,8}") || number > HOSTS_MAX || hosts.containsKey(name)) {
            throw new IllegalArgumentException("no host can be named " + name);
        }
        var host = new Host(name, prefix + name, SUBNET + number);
        Shell.run("ip", "netns", "add", host.namespace());
        hosts.put(name, host);
        inHub("link", "add", port(host), "type", "veth", "peer", "name", "eth0", "netns", host.namespace());
        inHub("link", "set", port(host), "master", "br0", "up");
        for (String command :
                List.of("link set lo up", "addr add " + host.address() + "/24 dev eth0", "link set eth0 up")) {
            Shell.run("", Shell.list(List.of("ip", "-n", host.namespace()), command.split(" ")));
        }
        return host;
    }

    private static String port(Host host) {
        return "p-" + host.name();
    }

    /** From now on nothing comes through from one to the other; the other direction stays as it is. */
    void cut(Host from, Host to) {
        cut.add("ether type ip ip saddr " + from.address() + " ip daddr " + to.address() + " drop");
        apply();
    }

    /** Each group is by itself; hosts in no group see all. */
    void partition(List<? extends Collection<Host>> groups) {
        for (var group : groups) {
            for (var other : groups) {
                if (group != other) {
                    group.forEach(from -> other.forEach(to -> cut(from, to)));
                }
            }
        }
    }

    /** Of what this host sends and is sent, so many of 1,000 packets are lost. */
    void lose(Host host, int permille) {
        lossPermille.put(host.address(), permille);
        apply();
    }

    /** What this host sends and is sent takes this much longer, and at random up to so much more. */
    void slow(Host host, Duration delay, Duration more) {
        String bothWays =
                2 * delay.toMillis() + "ms"; // netem delays what the switch sends to the host, and nothing else
        List<String> netem =
                List.of("ip", "netns", "exec", hub, "tc", "qdisc", "add", "dev", port(host), "root", "netem");
        if (Shell.attempt("", Shell.list(netem, "delay", bothWays, more.toMillis() + "ms"))
                        .code()
                != 0) {
            delays.put(host.name(), delayLine(host, Long.toString(delay.toMillis()), Long.toString(more.toMillis())));
        }
    }

    /** The kernel has no netem: the host's port leaves the switch, and a program carries its frames there and back. */
    private Process delayLine(Host host, String delayMs, String moreMs) {
        String near = "a-" + host.name();
        String far = "b-" + host.name();
        inHub("link", "add", near, "type", "veth", "peer", "name", far);
        inHub("link", "set", near, "up");
        inHub("link", "set", far, "master", "br0", "up");
        inHub("link", "set", port(host), "nomaster");
        try (var program = Network.class.getResourceAsStream("delay-line.py")) {
            if (program == null) {
                throw new IllegalStateException("delay-line.py is not on the class path");
            }
            Path file = Files.createTempFile("zeroops-delay-line", ".py");
            Files.write(file, program.readAllBytes());
            return new ProcessBuilder(
                            "ip", "netns", "exec", hub, "python3", file.toString(), port(host), near, delayMs, moreMs)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply() {
        var rules = new StringBuilder("add table bridge zo\ndelete table bridge zo\n"); // there or not, it is gone then
        rules.append("table bridge zo {\n chain f {\n type filter hook forward priority 0;\n");
        cut.forEach(rule -> rules.append(rule).append('\n'));
        lossPermille.forEach((address, permille) -> List.of("saddr", "daddr")
                .forEach(side -> rules.append("ether type ip ip " + side + " " + address + " numgen random mod 1000 < "
                        + permille + " drop\n")));
        Shell.run(rules.append(" }\n}\n").toString(), List.of("ip", "netns", "exec", hub, "nft", "-f", "-"));
    }

    /** All is well again. */
    void heal() {
        cut.clear();
        lossPermille.clear();
        apply();
        for (Host host : hosts.values()) {
            Process delay = delays.remove(host.name());
            if (delay == null) {
                Shell.works("ip", "netns", "exec", hub, "tc", "qdisc", "del", "dev", port(host), "root");
            } else {
                end(delay);
                inHub("link", "del", "a-" + host.name());
                inHub("link", "set", port(host), "master", "br0");
            }
        }
    }

    private static void end(Process process) {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Ends whatever runs on its hosts. */
    @Override
    public void close() {
        delays.values().forEach(Network::end);
        hosts.values().forEach(host -> remove(host.namespace()));
        remove(hub);
    }
}
