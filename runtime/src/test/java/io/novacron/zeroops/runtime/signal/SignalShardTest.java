package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.runtime.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignalShardTest {
    private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
    private static final TelemetryPolicy POLICY = Settings.DEFAULTS.telemetryPolicy();

    private final List<Signal> signals = new ArrayList<>();
    private final List<String> demands = new ArrayList<>();
    private final int[] dropped = new int[Dropped.count()];
    private Instant now = START;
    private final SignalShard shard = shard(POLICY);

    private SignalShard shard(TelemetryPolicy policy) {
        return new SignalShard(
                policy,
                List.of("web"),
                () -> now,
                new SignalListener() {
                    @Override
                    public void signal(Signal signal) {
                        signals.add(signal);
                    }

                    @Override
                    public void demand(String workload, Demand demand) {
                        demands.add(workload + " " + demand.load());
                    }

                    @Override
                    public void gauge(String workload, Measure measure, double value, Instant at) {
                        demands.add(workload + " " + measure + " " + value);
                    }
                },
                5);
    }

    private void take(Measure measure, String vm, double value) {
        shard.accept(Samples.one(measure, vm, now.toEpochMilli(), value), dropped);
    }

    private void shares(Measure measure, String vm, double... values) {
        for (double value : values) {
            now = now.plusSeconds(15);
            take(measure, vm, value);
        }
    }

    private List<String> told() {
        List<String> told = signals.stream()
                .map(s -> s.resource() + " " + s.kind() + " " + s.active() + " since "
                        + Duration.between(START, s.since()).toSeconds())
                .toList();
        signals.clear();
        return told;
    }

    private int dropped(Dropped why) {
        return dropped[Arrays.asList(Dropped.values()).indexOf(why)];
    }

    @Test
    void threeOfFiveHighSamplesAreASignalAndOnlyFiveLowOnesEndIt() {
        shares(Measure.CPU, "a", 0.5, 0.96, 0.5, 0.96, 0.5, 0.5);
        assertThat(told()).isEmpty();
        shares(Measure.CPU, "a", 0.97, 0.5, 0.98, 0.99);
        assertThat(told()).containsExactly("vm/a CPU_HIGH true since 105");
        shares(Measure.CPU, "a", 0.5, 0.5, 0.5, 0.5, 0.86, 0.8, 0.8, 0.8, 0.8);
        assertThat(told()).isEmpty();
        shares(Measure.CPU, "a", 0.8);
        assertThat(told()).containsExactly("vm/a CPU_HIGH false since 105");
    }

    @Test
    void memoryHasLimitsOfItsOwn() {
        shares(Measure.MEMORY, "a", 0.95, 0.95, 0.95, 0.91, 0.91, 0.91, 0.91, 0.91);
        assertThat(told()).containsExactly("vm/a MEMORY_HIGH true since 15");
        shares(Measure.MEMORY, "a", 0.89, 0.89, 0.89, 0.89, 0.89);
        assertThat(told()).containsExactly("vm/a MEMORY_HIGH false since 15");
    }

    @Test
    void downIsToldAtOnceAndOnce() {
        shares(Measure.UP, "a", 1, 1, 0, 0, 0, 1);
        assertThat(told()).containsExactly("vm/a DOWN true since 45", "vm/a DOWN false since 90");
    }

    @Test
    void aShareFarFromWhatItWasIsAnomalousUntilThatIsUsual() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            shares(Measure.CPU, "a", 0.2 + 0.05 * random.nextDouble());
        }
        assertThat(told()).isEmpty();
        shares(Measure.CPU, "a", 0.7, 0.7, 0.7);
        assertThat(told()).containsExactly("vm/a CPU_ANOMALY true since 615");
        for (int i = 0; i < 40; i++) {
            shares(Measure.CPU, "a", 0.7 + 0.05 * random.nextDouble());
        }
        assertThat(told()).containsExactly("vm/a CPU_ANOMALY false since 615");
    }

    @Test
    void whoIsSilentWhileOthersSpeakIsToldOfAndForgottenLater() {
        take(Measure.UP, "a", 1);
        take(Measure.UP, "b", 1);
        now = now.plusSeconds(61);
        shard.sweep(START.toEpochMilli()); // nobody spoke: no one is silent
        assertThat(told()).isEmpty();
        take(Measure.UP, "b", 1);
        shard.sweep(now.toEpochMilli());
        shard.sweep(now.toEpochMilli());
        assertThat(told()).containsExactly("vm/a SILENT true since 0");
        take(Measure.CPU, "a", 0.5);
        assertThat(told()).containsExactly("vm/a SILENT false since 0");
        now = now.plusSeconds(3601);
        take(Measure.UP, "b", 1);
        shard.sweep(now.toEpochMilli());
        assertThat(shard.vms()).isEqualTo(1);
        take(Measure.UP, "c", 0);
        assertThat(told()).containsExactly("vm/c DOWN true since 3662");
    }

    @Test
    void afterASilenceTheWindowBeginsAnew() {
        shares(Measure.CPU, "a", 0.96, 0.96);
        now = now.plusSeconds(120);
        shares(Measure.CPU, "a", 0.96, 0.96);
        assertThat(told()).isEmpty();
        shares(Measure.CPU, "a", 0.96);
        assertThat(told()).containsExactly("vm/a CPU_HIGH true since 165");
    }

    @Test
    void uselessSamplesAreDroppedWithAReason() {
        take(Measure.CPU, "a", 0.5);
        take(Measure.CPU, "a", 0.5);
        shard.accept(Samples.one(Measure.CPU, "a", START.toEpochMilli() - 15_000, 0.5), dropped);
        assertThat(dropped(Dropped.OUT_OF_ORDER)).isEqualTo(2);
        shard.accept(Samples.one(Measure.CPU, "a", START.toEpochMilli() - 3_600_001, 0.5), dropped);
        shard.accept(Samples.one(Measure.CPU, "a", Long.MIN_VALUE, 0.5), dropped);
        assertThat(dropped(Dropped.TOO_OLD)).isEqualTo(2);
        shard.accept(Samples.one(Measure.CPU, "a", START.toEpochMilli() + 300_001, 0.5), dropped);
        shard.accept(Samples.one(Measure.CPU, "a", Long.MAX_VALUE, 0.5), dropped);
        assertThat(dropped(Dropped.TOO_NEW)).isEqualTo(2);
        now = now.plusSeconds(15);
        take(Measure.CPU, "a", Double.NaN);
        take(Measure.LOAD, "web", Double.POSITIVE_INFINITY);
        assertThat(dropped(Dropped.NOT_A_NUMBER)).isEqualTo(2);
        take(Measure.CPU, "a", 55);
        take(Measure.LOAD, "web", -1);
        assertThat(dropped(Dropped.OUT_OF_RANGE)).isEqualTo(2);
        take(Measure.LOAD, "shop", 1);
        assertThat(dropped(Dropped.UNKNOWN_WORKLOAD)).isEqualTo(1);
        take(Measure.LOAD, "web", 17);
        take(Measure.LOAD, "web", 18);
        assertThat(dropped(Dropped.OUT_OF_ORDER)).isEqualTo(3);
        assertThat(demands).containsExactly("web 17.0");
    }

    @Test
    void requestsThatWaitAreThoseOfAWorkload() {
        take(Measure.LOAD, "web", 17);
        take(Measure.WAITING, "web", 40);
        take(Measure.WAITING, "web", 41); // of the same instant
        take(Measure.WAITING, "shop", 1);
        take(Measure.NETWORK, "a", 5_000);
        assertThat(demands).containsExactly("web 17.0", "web WAITING 40.0");
        assertThat(dropped(Dropped.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(dropped(Dropped.UNKNOWN_WORKLOAD)).isEqualTo(1);
        assertThat(shard.vms()).isEqualTo(1);
    }

    @Test
    void moreSignalsThanABoundWaitForTheNextSecond() {
        int vms = SignalShard.SIGNALS_PER_S_MAX + 20;
        for (int round = 0; round < 2; round++) {
            now = now.plusSeconds(1);
            for (int i = 0; i < vms; i++) {
                take(Measure.UP, "vm-" + i, 0);
            }
        }
        assertThat(signals).hasSize(vms);
        assertThat(signals.stream().map(Signal::resource)).doesNotHaveDuplicates();
    }

    @Test
    void noMoreVmsAreKeptThanMayBe() {
        for (int i = 0; i < 10_000; i++) {
            take(Measure.UP, "vm-" + i, 1);
        }
        int most = 2 * POLICY.maxVms() / Shards.COUNT;
        assertThat(shard.vms()).isEqualTo(most);
        assertThat(dropped(Dropped.TOO_MANY_VMS)).isEqualTo(10_000 - most);
    }
}
