package io.novacron.zeroops.simulations.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.Shards;
import io.novacron.zeroops.runtime.signal.Signal;
import io.novacron.zeroops.runtime.signal.SignalListener;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import io.novacron.zeroops.simulations.bench.WriteSender.Sent;
import io.novacron.zeroops.simulations.bench.WriteStream.Fault;
import io.novacron.zeroops.simulations.bench.WriteStream.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * How many samples a second a node takes, from HTTP through the detectors, beside Debian's Prometheus, which gets the very same
 * requests from the same sender on the same machine; how long a signal takes at half that load; and the memory of a VM's window.
 */
public final class TelemetryBench {
    private static final int ROUNDS = 3;
    private static final int WARMING_PASSES = 3;
    private static final int PASSES_MAX = 24;
    /** A rate is measured over this part of a pass at least. */
    private static final int PASS_PARTS = 10;

    /** Windows that are filled, of each VM that sends. */
    private static final int WINDOWS_PER_VM = 10;

    /** Passes at half load: from this one on some VMs fail in each. */
    private static final int FAULTS_FROM = 4;

    private static final int FAULTS_UNTIL = 12;

    /** Breaches that make a signal, of the default settings. */
    private static final int BREACHES = 3;

    private static final int FAULTS = 480;
    private static final Duration DETECTION_MAX = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final InstantSource clock;
    private final TelemetryPolicy policy;
    private final Servers servers;

    /**
     * How servers are started; each command gets a port of the loopback interface and an empty folder.
     *
     * @param peer empty if there is no Prometheus
     */
    public record Servers(Command own, List<String> peer) {
        /** A command line. */
        public interface Command {
            List<String> line(int port, Path folder);
        }
    }

    /**
     * What was measured; medians of three rounds.
     *
     * @param ratio own over the peer's; NaN without a peer
     * @param cpuUsPerSample processor time of the server, which says more than its rate where others use the processors too
     * @param p99DetectionMs from when the sample was due to be sent to when the signal was there, at half of {@code samplesPerS}
     * @param detected of {@code faults} injected
     * @param windowBytesPerVm heap of {@code windowVms} VMs' columns and index
     */
    public record Report(
            int vms,
            int connections,
            int samplesPerRequest,
            double samplesPerS,
            double peerSamplesPerS,
            double ratio,
            double cpuUsPerSample,
            double peerCpuUsPerSample,
            double p50DetectionMs,
            double p99DetectionMs,
            int detected,
            int faults,
            int windowVms,
            double windowBytesPerVm,
            List<Double> roundSamplesPerS,
            List<Double> roundPeerSamplesPerS) {}

    public TelemetryBench(InstantSource clock, TelemetryPolicy policy, Servers servers) {
        this.clock = clock;
        this.policy = policy;
        this.servers = servers;
    }

    /**
     * Measures.
     *
     * @param folder an empty one
     * @param seconds of each round, at most; it is less if the stream ends before
     */
    public Report run(Path folder, int vms, int seconds) throws Exception {
        int windows = WINDOWS_PER_VM * vms;
        double bytes = windowBytes(windows);
        List<Round> own = new ArrayList<>();
        List<Round> peer = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            // Times are of now: what is old is refused.
            List<Request> stream = stream(vms);
            own.add(throughput(own(folder.resolve("own-" + round)), TelemetryBench::allUsed, vms, stream, seconds));
            if (!servers.peer().isEmpty()) {
                peer.add(throughput(peer(folder.resolve("peer-" + round)), (server, sent) -> {}, vms, stream, seconds));
            }
        }
        double median = median(own, Round::samplesPerS);
        double peerMedian = median(peer, Round::samplesPerS);
        double[] detection = detection(own(folder.resolve("own-detection")), vms, median / 2);
        return new Report(
                vms,
                WriteSender.CONNECTIONS,
                WriteStream.SAMPLES_PER_REQUEST,
                median,
                peerMedian,
                median / peerMedian,
                median(own, Round::cpuUs),
                median(peer, Round::cpuUs),
                Medians.percentile(detection, 50),
                Medians.percentile(detection, 99),
                detection.length,
                Math.min(FAULTS, vms),
                windows,
                bytes,
                own.stream().map(Round::samplesPerS).toList(),
                peer.stream().map(Round::samplesPerS).toList());
    }

    /** NaN for none. */
    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Medians.percentile(rounds.stream().mapToDouble(figure).toArray(), 50);
    }

    private ServerProcess own(Path folder) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Files.createDirectories(folder);
        List<String> command = servers.own().line(port, folder.resolve("data"));
        return ServerProcess.start(command, port, "/api/zeroops/readyz", folder.resolve("log"), clock);
    }

    private ServerProcess peer(Path folder) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Files.createDirectories(folder);
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 15s}\n");
        List<String> command = new ArrayList<>(servers.peer());
        command.addAll(List.of(
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--log.level=error"));
        return ServerProcess.start(command, port, "/-/ready", folder.resolve("log"), clock);
    }

    private List<Request> stream(int vms) {
        return passes(vms, WARMING_PASSES + PASSES_MAX, pass -> vm -> Fault.NONE);
    }

    private List<Request> passes(int vms, int count, IntFunction<IntFunction<Fault>> faults) {
        var stream = new WriteStream(vms, "/api/v1/write");
        Instant start = clock.instant().minus(WriteStream.INTERVAL.multipliedBy(count));
        List<Request> all = new ArrayList<>();
        for (int pass = 0; pass < count; pass++) {
            Instant at = start.plus(WriteStream.INTERVAL.multipliedBy(pass));
            all.addAll(stream.pass(at, faults.apply(pass)));
        }
        return all;
    }

    /** Whether a server used all that it was sent; a Prometheus that does not answers so. */
    private interface Counted {
        void check(ServerProcess server, long sent) throws IOException, InterruptedException;
    }

    private static void allUsed(ServerProcess server, long sent) throws IOException, InterruptedException {
        String answer = server.get("/api/zeroops/signals?limit=1").body();
        if (JSON.readTree(answer).path("samples").asLong() != sent) {
            throw new IOException("of " + sent + " samples not all were used: " + answer);
        }
    }

    private record Round(double samplesPerS, double cpuUs) {}

    /** The first passes, in which every series is new and code is cold, do not count, for neither of both. */
    private Round throughput(ServerProcess server, Counted counted, int vms, List<Request> stream, int seconds)
            throws Exception {
        try (server) {
            var sender = new WriteSender(clock, server.port());
            int warming = WARMING_PASSES * stream.size() / (WARMING_PASSES + PASSES_MAX);
            Sent warmed = sender.send(stream.subList(0, warming), Double.POSITIVE_INFINITY, Duration.ofMinutes(2));
            Duration before = server.used();
            Sent sent = sender.send(
                    stream.subList(warming, stream.size()), Double.POSITIVE_INFINITY, Duration.ofSeconds(seconds));
            if (sent.samples() * PASS_PARTS < WriteStream.samplesPerPass(vms)) {
                throw new IOException("not even a tenth of a pass over all series was sent in " + seconds
                        + " s: give more --seconds, or fewer --vms");
            }
            double used = server.used().minus(before).toNanos() / 1e3;
            counted.check(server, warmed.samples() + sent.samples());
            return new Round(sent.samplesPerS(), used / sent.samples());
        }
    }

    /** Of one of {@link #FAULTS}, spread over the VMs; which pass shows it. */
    private static int shownIn(int fault) {
        return FAULTS_FROM + fault % (FAULTS_UNTIL - FAULTS_FROM);
    }

    /** In milliseconds, of each fault that was detected. */
    private double[] detection(ServerProcess server, int vms, double perS) throws Exception {
        try (server) {
            int count = Math.min(FAULTS, vms);
            int step = vms / count;
            List<Request> stream = passes(vms, FAULTS_UNTIL, pass -> vm -> {
                int fault = vm % step == 0 && vm / step < count ? vm / step : -1;
                if (fault < 0) {
                    return Fault.NONE;
                } else if (fault % 2 == 0) {
                    return pass == shownIn(fault) ? Fault.DOWN : Fault.NONE;
                }
                boolean busy = pass <= shownIn(fault) && pass > shownIn(fault) - BREACHES;
                return busy ? Fault.BUSY : Fault.NONE;
            });
            Sent sent = new WriteSender(clock, server.port()).send(stream, perS, DETECTION_MAX);
            Map<String, Instant> detected = detected(server);
            int perPass = stream.size() / FAULTS_UNTIL;
            List<Double> latencies = new ArrayList<>();
            for (int fault = 0; fault < count; fault++) {
                int request = shownIn(fault) * perPass + requestOf(stream, fault * step);
                Instant at =
                        detected.get("vm/" + WriteStream.name(fault * step) + (fault % 2 == 0 ? " down" : " cpu_high"));
                if (at != null) {
                    latencies.add(Duration.between(sent.due().get(request), at).toNanos() / 1e6);
                }
            }
            return latencies.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private static int requestOf(List<Request> stream, int vm) {
        int request = 0;
        while (request + 1 < stream.size()
                && stream.get(request + 1).firstVm() > 0
                && stream.get(request + 1).firstVm() <= vm) {
            request++;
        }
        return request;
    }

    private static Map<String, Instant> detected(ServerProcess server) throws IOException, InterruptedException {
        Map<String, Instant> detected = new HashMap<>();
        for (JsonNode signal : JSON.readTree(
                        server.get("/api/zeroops/signals?limit=1000").body())
                .path("signals")) {
            if (signal.path("active").asBoolean()) {
                detected.put(
                        signal.path("resource").asText() + " "
                                + signal.path("kind").asText(),
                        Instant.parse(signal.path("detected_at").asText()));
            }
        }
        return detected;
    }

    /** Of heap, when so many VMs have sent every kind of sample. */
    private double windowBytes(int windows) {
        var roomy = new TelemetryPolicy(
                policy.series(),
                policy.cpuHigh(),
                policy.cpuClear(),
                policy.memoryHigh(),
                policy.memoryClear(),
                policy.breaches(),
                policy.ofSamples(),
                policy.anomalyScore(),
                policy.silentAfter(),
                policy.forgottenAfter(),
                2 * windows,
                policy.demand());
        var batches = new BatchBuilder();
        long before = usedHeap();
        var shards = new LocalShards(roomy, List.of(), clock, new Unheard(), 1);
        for (int vm = 0; vm < windows; vm++) {
            byte[] name = WriteStream.name(vm).getBytes(StandardCharsets.US_ASCII);
            int shard = Shards.of(Measure.CPU, name, 0, name.length);
            long now = clock.millis();
            batches.add(Measure.CPU, name, 0, name.length, shard, now, 0.5);
            batches.add(Measure.MEMORY, name, 0, name.length, shard, now, 0.5);
            batches.add(Measure.UP, name, 0, name.length, shard, now, 1);
            shards.accept(shard, batches.take(shard));
        }
        double bytes = (usedHeap() - before) / (double) shards.vms();
        if (shards.vms() != windows) {
            throw new IllegalStateException("only " + shards.vms() + " VMs found room");
        }
        return bytes;
    }

    private static final class Unheard implements SignalListener {
        @Override
        public void signal(Signal signal) {}

        @Override
        public void demand(String workload, Demand demand) {}
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
