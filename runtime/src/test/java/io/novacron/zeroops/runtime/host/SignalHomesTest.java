package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.ClusterConfig;
import io.novacron.zeroops.runtime.cluster.Founding;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.cluster.ShardFence;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.SampleBatch;
import io.novacron.zeroops.runtime.signal.Shards;
import io.novacron.zeroops.runtime.signal.Signal;
import io.novacron.zeroops.runtime.signal.SignalKind;
import io.novacron.zeroops.runtime.signal.SignalRouter;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.Telemetry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in one process, each of which is sent telemetry of all VMs. */
class SignalHomesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VMS = 300;

    @TempDir
    Path folder = Path.of(".");

    private final AtomicLong epochs = new AtomicLong();
    private final AtomicLong founders = new AtomicLong();
    private final Map<String, Observed> fleet = new ConcurrentSkipListMap<>();
    private final Map<String, Long> newest = new ConcurrentHashMap<>(); // samples, by VM: no two may have one time

    private final class Machines implements FleetProvider {
        @Override
        public void submit(Effect.Call call, Consumer<Outcome> ended) {
            throw new AssertionError("nobody decides here");
        }

        @Override
        public void list(Consumer<List<Observed>> listed) {
            listed.accept(List.copyOf(fleet.values()));
        }
    }

    private record Member(AgentHost host, Telemetry telemetry, SignalRouter router) implements AutoCloseable {
        /** What it tells from now on. */
        SignalReports reports() {
            return host.signalReports(limit -> new SignalSummary(
                    vms(),
                    telemetry.shards().taken(),
                    Map.of("backward", 1L),
                    Map.of(),
                    telemetry.signals().newest(limit),
                    List.of()));
        }

        int vms() {
            return telemetry.shards().vms();
        }

        @Override
        public void close() {
            telemetry.close();
            host.close();
        }
    }

    private Member start(FolderDatabase database, WritePath journal, int management, List<Integer> all)
            throws Exception {
        var provider = new Machines();
        var host = AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                TestNode.CATALOGUE::agent,
                provider,
                new LogNotifier(),
                Outside.NOBODY,
                HostClock.of(InstantSource.system()),
                "test",
                Gate.WRITES_MAX,
                AgentHost.IDLE_AFTER,
                new Membership(
                        ClusterConfig.of(TestCluster.settings(management, all, ""), JournalFormat.FIRST),
                        Optional.of(new ShardFence(shard -> epochs.incrementAndGet())),
                        Optional.of(new Founding(() -> founders.getAndIncrement() == 0)),
                        new EventCodec())));
        var telemetry = Telemetry.start(
                Settings.DEFAULTS.telemetryPolicy(), List.of(), InstantSource.system(), provider, host::tell, 1);
        return new Member(host, telemetry, host.signals(telemetry.shards()));
    }

    private static String name(int vm) {
        return "vm-" + vm;
    }

    private SampleBatch sample(String name, double up) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        int shard = Shards.of("vm/" + name);
        long time = newest.merge(name, System.currentTimeMillis(), (before, now) -> Math.max(before + 100, now));
        var batches = new BatchBuilder();
        batches.add(Measure.UP, text, 0, text.length, shard, time, up);
        return batches.take(shard);
    }

    private void send(Member to, int vm, double up) {
        assertThat(to.router().accept(Shards.of("vm/" + name(vm)), sample(name(vm), up)))
                .isTrue();
    }

    private static SignalSummary ask(SignalReports reports, int limit) throws Exception {
        return reports.ask(limit).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (Instant end = Instant.now().plus(PATIENCE); !condition.getAsBoolean(); Thread.sleep(20)) {
            assertThat(Instant.now()).as(what).isBefore(end);
        }
    }

    @Test
    void samplesEndWhereTheirShardIsWhicheverNodeTakesThem() throws Exception {
        for (int vm = 0; vm < VMS; vm++) {
            fleet.put("vm/" + name(vm), new Observed("vm/" + name(vm), 0, Condition.RUNNING, 1, 0));
        }
        try (var database = FolderDatabase.own(folder, 0);
                var journal = WritePath.start(database)) {
            List<Integer> management = List.of(TestCluster.freePort(), TestCluster.freePort());
            List<Member> members = new ArrayList<>();
            for (int port : management) {
                members.add(start(database, journal, port, management));
            }
            for (Member member : members) {
                member.host().ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            await("each shard has its place before any sample came", () -> {
                var keep = new int[Shards.COUNT];
                for (int shard = 0; shard < Shards.COUNT; shard++) {
                    for (Member member : members) {
                        keep[shard] += member.host().keepsSignals(shard) ? 1 : 0;
                    }
                }
                return Arrays.stream(keep).allMatch(kept -> kept == 1);
            });
            await("each VM is known to one node, and each node has some, once shards are spread", () -> {
                for (int vm = 0; vm < VMS; vm++) {
                    send(members.get(vm % 2), vm, 1);
                    send(members.get((vm + 1) % 2), vm, 1);
                }
                return members.stream().mapToInt(Member::vms).sum() == VMS
                        && members.stream().allMatch(member -> member.vms() > 0);
            });

            // A signal wakes the VM that it is about, wherever its samples came in.
            var reader = new JournalReader(database);
            for (int vm = 0; vm < 2; vm++) {
                fleet.put("vm/" + name(vm), new Observed("vm/" + name(vm), 0, Condition.STOPPED, 0, 0));
                send(members.get(0), vm, 0);
                String address = "vm/" + name(vm);
                await(address + " was seen to be stopped", () -> reader.of(address).stream()
                        .flatMap(row -> row.events().stream())
                        .anyMatch(event ->
                                event instanceof DriftObserved drift && drift.condition() == Condition.STOPPED));
            }

            // What they showed is told by whichever is asked, and who does not answer is named.
            SignalReports first = members.get(0).reports();
            assertThat(ask(first, 10).unanswered()).singleElement().asString().startsWith("127.0.0.1:");
            SignalReports second = members.get(1).reports();
            SignalSummary told = ask(first, SignalSummary.SIGNALS_MAX);
            assertThat(told.unanswered()).isEmpty();
            assertThat(told.vms()).isGreaterThan(members.get(0).vms());
            assertThat(told.samples()).isGreaterThanOrEqualTo(VMS);
            assertThat(told.dropped()).isEqualTo(Map.of("backward", 2L));
            for (SignalReports asked : List.of(first, second)) { // to one of them each VM is the other's
                List<Signal> signals = ask(asked, SignalSummary.SIGNALS_MAX).signals();
                assertThat(signals)
                        .filteredOn(signal -> signal.kind() == SignalKind.DOWN)
                        .extracting(Signal::resource)
                        .contains("vm/" + name(0), "vm/" + name(1));
                assertThat(signals)
                        .isSortedAccordingTo(
                                Comparator.comparing(Signal::detectedAt).reversed());
            }
            assertThat(ask(second, 1).signals()).hasSize(1);

            // The shards of a node that leaves are the other's, with columns that begin empty.
            members.remove(0).close();
            Member last = members.get(0);
            await("all VMs are known again, to the node that is left", () -> {
                for (int vm = 0; vm < VMS; vm++) {
                    send(last, vm, 1);
                }
                return last.vms() == VMS;
            });
            last.close();
        }
    }
}
