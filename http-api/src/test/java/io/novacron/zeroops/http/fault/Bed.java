package io.novacron.zeroops.http.fault;

import io.novacron.zeroops.http.Main;
import io.novacron.zeroops.runtime.signal.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What a fault is inflicted on: nodes, their database and a fleet, each on a host of its own, and one more host from which
 * clients ask. All of it ends with {@link #close}.
 */
final class Bed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration CLIENT_PATIENCE = Duration.ofMinutes(2);
    private static final int FLEET_PORT = 8090;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration VERIFY_PATIENCE = Duration.ofMinutes(10);

    private final Network network;
    private final Path folder;
    private final int vms;
    private final Host client;
    private final Postgres database;
    private final Host fleetHost;
    private final Supervised fleet;
    private final List<String> clientJvm;
    private final List<NodeHost> nodes = new ArrayList<>();
    private final Inside inside;
    private final Path providerLog;
    private final Path acknowledged;
    private int loads;

    /**
     * What is made.
     *
     * @param ownClocks whether nodes' clocks can be moved
     * @param build the class path of the program that the nodes run at first; empty: this one's
     * @param vms that clients start and stop
     * @param optimized whether the JVMs compile as well as they can, which takes them minutes of processor time
     */
    record Setup(int nodes, boolean ownClocks, Optional<String> build, int vms, boolean optimized) {
        private static final int VMS = 200;

        static Setup of(int nodes) {
            return new Setup(nodes, false, Optional.empty(), VMS, false);
        }

        Setup withOwnClocks(boolean own) {
            return new Setup(nodes, own, build, vms, optimized);
        }

        Setup withBuild(Optional<String> classPath) {
            return new Setup(nodes, ownClocks, classPath, vms, optimized);
        }

        /** For figures. */
        Setup optimized(int moreVms) {
            return new Setup(nodes, ownClocks, build, moreVms, true);
        }

        private List<String> jvm(String heap) {
            return optimized ? List.of(heap) : List.of(heap, "-XX:TieredStopAtLevel=1");
        }
    }

    private Bed(Network network, Path folder, Setup setup) throws IOException, InterruptedException {
        this.network = network;
        this.folder = folder;
        this.vms = setup.vms();
        this.providerLog = folder.resolve("operations.jsonl");
        this.acknowledged = folder.resolve("acknowledged.jsonl");
        this.client = network.host("client");
        this.database = Postgres.start(network.host("db"), folder.resolve("db"));
        this.fleetHost = network.host("fleet");
        List<Host> hosts = new ArrayList<>();
        for (int n = 1; n <= setup.nodes(); n++) {
            hosts.add(network.host("node" + n));
        }
        for (Host host : hosts) {
            nodes.add(new NodeHost(
                    host,
                    folder.resolve(host.name()),
                    settings(host, hosts, fleetHost),
                    setup.jvm("-Xmx512m"),
                    setup.ownClocks()));
        }
        this.fleet = fleet(fleetHost, setup.jvm("-Xmx256m"));
        this.clientJvm = setup.jvm("-Xmx256m");
        this.inside = new Inside(client);
    }

    /** What keeps this machine from such tests, in words; empty if nothing does. */
    static Optional<String> missing() {
        return Network.missing()
                .or(() -> Postgres.installation().isPresent()
                        ? Optional.empty()
                        : Optional.of("needs PostgreSQL (Debian: apt-get install postgresql)"));
    }

    /** Starts everything, and returns once the fleet answers and all nodes are ready. */
    static Bed start(Path folder, Setup setup) throws IOException, InterruptedException {
        Network network = Network.create();
        try {
            var bed = new Bed(network, Files.createDirectories(folder), setup);
            bed.migrate();
            bed.fleet.start();
            bed.await("the fleet answers", bed::fleetAnswers);
            setup.build().ifPresent(path -> bed.nodes.forEach(node -> node.install(path)));
            bed.startNodes();
            return bed;
        } catch (RuntimeException | IOException | InterruptedException | AssertionError e) {
            network.close(); // and with it whatever runs on its hosts
            throw e;
        }
    }

    private String settings(Host host, List<Host> all, Host fleetHost) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), Postgres.PASSWORD);
        String contacts = all.stream()
                .map(one -> one.address() + ":" + NodeHost.MANAGEMENT)
                .collect(Collectors.joining(", ", "[", "]"));
        return """
                node: {bind: %s, port: %d, allow_remote_http: true}
                database: {kind: postgresql, url: "%s", user: %s, password_file: %s}
                provider: {kind: http, url: "http://%s:%d"}
                cluster:
                  discovery: static
                  host: %s
                  contact_points: %s
                  required_contact_points: %d
                  tls: {plaintext: true}
                safety_constraints:
                  rate_limit_actions: 1000000
                  max_vms_auto_provisioned: 1000000
                  max_scale_up_percent: 10000
                  max_scale_down_percent: 100
                  require_approval_above: 1000000
                max_automated_cost: 1000000
                calendar: {max_disruptions: 1000, max_disruptions_per_region: 1000}
                workloads:
                %s
                """
                .formatted(
                        host.address(),
                        NodeHost.HTTP,
                        database.url(),
                        Postgres.NODE,
                        password,
                        fleetHost.address(),
                        FLEET_PORT,
                        host.address(),
                        contacts,
                        all.size() / 2 + 1,
                        workloads());
    }

    private static String workloads() {
        return Targets.WORKLOADS.stream()
                .map(name -> "- {name: " + name + ", project: shop, region: region-1, safe_load_per_s: 50,"
                        + " max_instances: 100, cost_per_hour: 0.1, rest: 1s}")
                .collect(Collectors.joining("\n"));
    }

    private Supervised fleet(Host host, List<String> jvm) {
        List<String> arguments = List.of(
                "fleet",
                "--config",
                nodes.get(0).config().toString(),
                "--data",
                folder.resolve("fleet").toString(),
                "--host",
                host.address(),
                "--port",
                Integer.toString(FLEET_PORT),
                "--open",
                "--vms",
                Integer.toString(vms),
                "--incidents-every",
                "0s",
                "--log",
                providerLog.toString());
        return new Supervised(
                "fleet",
                () -> host.command(
                        Java.command(jvm, Main.class, arguments),
                        folder.resolve("fleet.out"),
                        folder.resolve("fleet.err")));
    }

    private void migrate() throws IOException, InterruptedException {
        Path said = folder.resolve("migrate.err");
        List<String> arguments = List.of(
                "database",
                "migrate",
                "--config",
                nodes.get(0).config().toString(),
                "--owner",
                Postgres.OWNER,
                "--password-file",
                folder.resolve("password").toString());
        Process migrate = client.command(Java.command(List.of(), Main.class, arguments), said, said)
                .start();
        if (migrate.waitFor() != 0) {
            throw new IllegalStateException("the tables cannot be made: " + Files.readString(said));
        }
    }

    Network network() {
        return network;
    }

    List<NodeHost> nodes() {
        return nodes;
    }

    Postgres database() {
        return database;
    }

    Supervised fleet() {
        return fleet;
    }

    /** @param perSecond proposals */
    Load load(double perSecond, Duration length) throws IOException {
        return load(new LoadClient.Pace(perSecond), length);
    }

    /** Each VM's next change is proposed as soon as the one before has ended. */
    Load closedLoop(Duration length) throws IOException {
        return load(LoadClient.Pace.CLOSED_LOOP, length);
    }

    private Load load(LoadClient.Pace pace, Duration length) throws IOException {
        loads++;
        var options = new LoadClient.Options(
                nodes.stream().map(NodeHost::url).toList(),
                Instant.now().getEpochSecond() + "-" + loads,
                pace,
                length,
                CLIENT_PATIENCE,
                vms,
                acknowledged);
        return Load.start(client, clientJvm, options, folder.resolve("client.err"));
    }

    /** What clients were told, a line each. */
    Path acknowledged() {
        return acknowledged;
    }

    Host client() {
        return client;
    }

    Host fleetHost() {
        return fleetHost;
    }

    private boolean fleetAnswers() {
        return inside.get("http://" + fleetHost.address() + ":" + FLEET_PORT + "/v1/health")
                        .status()
                == 200;
    }

    boolean isReady(NodeHost node) {
        return inside.get(node.url() + "/api/zeroops/readyz").status() == 200;
    }

    void awaitReady() throws InterruptedException {
        await("all nodes are ready", () -> nodes.stream().allMatch(this::isReady));
    }

    /** Nothing is under way any more. */
    void awaitRest() throws InterruptedException {
        await("every decision ends", () -> open().isEmpty());
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant begun = Instant.now();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so within " + PATIENCE + " from " + begun + ": " + what
                        + "; what there is lies in " + folder);
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }

    /** The node that holds this entity's shard, dead or not. */
    Optional<NodeHost> holder(String entity) {
        String node =
                database.sql(Postgres.DATABASE, "SELECT node FROM shard_epoch WHERE shard = " + Shards.of(entity));
        return nodes.stream()
                .filter(one -> node.contains(one.host().address() + ":"))
                .findFirst();
    }

    void startNodes() throws InterruptedException {
        nodes.forEach(node -> node.program().start());
        awaitReady();
    }

    /** The entities of decisions that owe something. */
    List<String> open() {
        return database.sql(
                        Postgres.DATABASE, "SELECT persistence_id FROM owing WHERE persistence_id LIKE 'decision/%'")
                .lines()
                .toList();
    }

    /** Stops all nodes in order, and has the program's own checker look at everything. */
    Verified verify() throws IOException, InterruptedException {
        nodes.forEach(node -> node.program().stop());
        Path report = folder.resolve("verify.json");
        Process verify = client.command(Java.command(
                        List.of("-Xmx1g"),
                        Main.class,
                        List.of(
                                "journal",
                                "verify",
                                "--config",
                                nodes.get(0).config().toString(),
                                "--provider-log",
                                providerLog.toString(),
                                "--acknowledged",
                                acknowledged.toString(),
                                "--at-rest",
                                "--json")))
                .redirectOutput(report.toFile())
                .redirectError(folder.resolve("verify.err").toFile())
                .start();
        if (!verify.waitFor(VERIFY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            verify.destroyForcibly();
            throw new AssertionError("journal verify has not ended within " + VERIFY_PATIENCE);
        }
        Verified found = Verified.of(verify.exitValue(), report, folder.resolve("verify.err"));
        if (found.violated() > 0) {
            database.dump(folder.resolve("journal.sql"));
        }
        return found;
    }

    @Override
    public void close() {
        inside.close();
        nodes.forEach(NodeHost::close);
        fleet.close();
        database.close();
        network.close();
    }
}
