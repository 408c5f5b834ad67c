package io.novacron.zeroops.simulations.live;

import static io.novacron.zeroops.simulations.live.LiveFixture.ORIGIN;
import static io.novacron.zeroops.simulations.live.LiveFixture.WEB;
import static io.novacron.zeroops.simulations.live.LiveFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.runtime.host.HostClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread around a running fleet, on the machine's clock. */
@Timeout(60)
class LiveFleetTest {
    private final CountDownLatch demands = new CountDownLatch(200);

    private final FleetListener listener = new FleetListener() {
        @Override
        public void tell(String address, Command command) {
            if (command instanceof ReportDemand) {
                demands.countDown();
            }
        }

        @Override
        public void ask(String address, Command command, Consumer<Reply> replied) {
            replied.accept(command instanceof Hold ? Reply.of(Vote.ACCEPT) : Reply.DONE);
        }
    };

    private static LiveFleet fleet(FleetLedger ledger, double speed, int workloads) {
        FleetTime time = FleetTime.of(ledger, ORIGIN, 1);
        HostClock clock = HostClock.faster(InstantSource.system(), time.resumeAt(), speed);
        List<WorkloadSpec> specs = new ArrayList<>();
        specs.add(LiveFixture.traced(45));
        for (int i = 1; i < workloads; i++) {
            specs.add(WorkloadSpec.generated(policy("w" + i)));
        }
        return new LiveFleet(clock, ledger, time, specs, LiveSettings.ofBudget("budget/main"));
    }

    private static CompletableFuture<Outcome> submit(LiveFleet fleet, Effect.Call call) {
        var outcome = new CompletableFuture<Outcome>();
        fleet.submit(call, outcome::complete);
        return outcome;
    }

    @Test
    void aFastFleetKeepsUpAndNothingPilesUp() throws Exception {
        try (var fleet = fleet(new MemoryFleetLedger(), 600, 10)) {
            fleet.start(listener);
            assertThat(demands.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(fleet.waiting()).isLessThanOrEqualTo(2 * 10); // each workload has one question open
            List<Sample> samples = fleet.history("w1", Instant.EPOCH);
            for (int i = 1; i < samples.size(); i++) {
                assertThat(Duration.between(
                                samples.get(i - 1).at(), samples.get(i).at()))
                        .isLessThan(Duration.ofMinutes(10));
            }
            assertThat(fleet.status()).hasSize(10);
        }
    }

    @Test
    void callsAreAnsweredAndAFleetGoesOnWhereItsLedgerSays() throws Exception {
        var ledger = new MemoryFleetLedger();
        try (var fleet = fleet(ledger, 600, 1)) {
            fleet.start(listener);
            assertThat(submit(fleet, new Effect.Call("key/1", WEB, 1, new SetInstances(9)))
                            .get())
                    .isInstanceOf(Outcome.Succeeded.class);
            assertThat(submit(fleet, new Effect.Call("await/1", WEB, 1, new Await(Condition.RUNNING, 9)))
                            .get())
                    .isEqualTo(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 9, 0)));
        }
        Instant before = FleetTime.of(ledger, ORIGIN, 1).resumeAt();
        try (var fleet = fleet(ledger, 600, 1)) {
            var listed = new CompletableFuture<List<Observed>>();
            fleet.list(listed::complete);
            assertThat(listed.get()).containsExactly(new Observed(WEB, 1, Condition.RUNNING, 9, 0));
            assertThat(fleet.status().get(0).at()).isAfterOrEqualTo(before.minusMillis(1));
        }
    }

    @Test
    void aClosedFleetTurnsCallsAway() throws Exception {
        var fleet = fleet(new MemoryFleetLedger(), 1, 1);
        fleet.close();
        assertThat(submit(fleet, new Effect.Call("key/1", WEB, 1, new SetInstances(9)))
                        .get())
                .isEqualTo(new Outcome.Failed("fleet_busy", true));
    }
}
