package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.provisioning.Activity;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolWatchTest {
    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final Activity NOTHING = new Activity(0, Double.NaN, Double.NaN);

    private final PoolWatch watch = new PoolWatch(PoolPolicy.of("dev", "shop", "region-1", "dev-", Money.dollars(0.1)));

    private static List<Observed> running(String... vms) {
        return Stream.of(vms)
                .map(vm -> new Observed(vm, 0, Condition.RUNNING, 1, 0))
                .toList();
    }

    private List<Seen> seen(int second, Predicate<String> isHere, String... running) {
        return watch.reports(T0.plusSeconds(second), running(running), isHere).stream()
                .flatMap((ReportVms report) -> report.vms().stream())
                .toList();
    }

    private static Seen seen(String vm, Condition condition, Optional<Instant> quietSince) {
        return new Seen(vm, condition, quietSince, Duration.ZERO);
    }

    @Test
    void ofVmsWhoseTelemetryGoesElsewhereNothingIsSaid() {
        watch.sample("vm/dev-1", T0, NOTHING);
        watch.sample("vm/dev-2", T0, NOTHING);
        assertThat(seen(1, vm -> true, "vm/dev-1", "vm/dev-2", "vm/web-1"))
                .containsExactly(
                        seen("vm/dev-1", Condition.RUNNING, Optional.of(T0)),
                        seen("vm/dev-2", Condition.RUNNING, Optional.of(T0)));
        Predicate<String> first = vm -> vm.equals("vm/dev-1");
        assertThat(seen(2, first, "vm/dev-1", "vm/dev-2"))
                .containsExactly(seen("vm/dev-1", Condition.RUNNING, Optional.of(T0)));
        assertThat(seen(3, first)).containsExactly(seen("vm/dev-1", Condition.ABSENT, Optional.empty()));
        assertThat(seen(4, vm -> true, "vm/dev-2"))
                .as("it may have been busy meanwhile")
                .containsExactly(seen("vm/dev-2", Condition.RUNNING, Optional.empty()));
    }

    @Test
    void aVmThatCameBackFromAnotherNodeIsNotMissedMeanwhile() {
        assertThat(seen(1, vm -> true, "vm/dev-1")).hasSize(1);
        assertThat(seen(2, vm -> false, "vm/dev-1")).isEmpty();
        assertThat(seen(3, vm -> true))
                .as("whoever had it last says that it is gone")
                .isEmpty();
    }

    @Test
    void silenceIsNoIdleness() {
        watch.sample("vm/dev-1", T0, NOTHING);
        assertThat(seen(899, vm -> true, "vm/dev-1").get(0).quietSince()).contains(T0);
        assertThat(seen(901, vm -> true, "vm/dev-1").get(0).quietSince()).isEmpty();
        watch.sample("vm/dev-1", T0.plusSeconds(905), NOTHING);
        assertThat(seen(906, vm -> true, "vm/dev-1").get(0).quietSince()).contains(T0.plusSeconds(905));
    }
}
