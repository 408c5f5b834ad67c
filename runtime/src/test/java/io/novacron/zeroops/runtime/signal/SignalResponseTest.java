package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SignalResponseTest {
    private static final Observed A = new Observed("vm/a", 3, Condition.STOPPED, 0, 0);
    private static final Observed B = new Observed("vm/b", 3, Condition.RUNNING, 1, 0);
    private static final Observed WEB = new Observed("workload/web", 3, Condition.RUNNING, 4, 2);

    private final Deque<Consumer<List<Observed>>> asked = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final RecentSignals recent = new RecentSignals();
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");
    private final SignalResponse response = new SignalResponse(new Provider(), this::tell, recent, () -> now);

    private final class Provider implements FleetProvider {
        @Override
        public void submit(Effect.Call call, Consumer<Outcome> ended) {
            throw new AssertionError("a signal changes nothing by itself");
        }

        @Override
        public void list(Consumer<List<Observed>> listed) {
            asked.add(listed);
        }
    }

    private void tell(String address, Command command) {
        if (command instanceof ReportUse use) {
            told.add(address + " " + use.waiting() + " waiting " + use.demand().instances());
            return;
        }
        told.add(address + " "
                + (command instanceof Reconcile reconcile
                        ? reconcile.observed().condition()
                        : ((ReportDemand) command).load() + " " + ((ReportDemand) command).instances()));
    }

    private void signal(String vm, SignalKind kind) {
        response.signal(new Signal(vm, kind, true, 0, now, now));
    }

    private Demand demand(double load) {
        var window = DemandWindow.adaptive(DemandSettings.DEFAULT, 0);
        return window.sample(now.toEpochMilli(), load);
    }

    @Test
    void whoWentDownIsLookedAtAndItsOwnerIsShown() {
        response.look();
        assertThat(asked).isEmpty();
        signal("vm/a", SignalKind.DOWN);
        signal("vm/gone", SignalKind.SILENT);
        signal("vm/b", SignalKind.CPU_HIGH);
        response.look();
        response.look(); // one is under way
        assertThat(asked).hasSize(1);
        asked.remove().accept(List.of(A, B, WEB));
        assertThat(told).containsExactly("vm/a STOPPED");
        response.look();
        assertThat(asked).isEmpty();
        assertThat(recent.newest(2)).extracting(Signal::resource).containsExactly("vm/b", "vm/gone");
    }

    @Test
    void requestsThatWaitAreToldAtOnceAndAgainUntilNoneDoes() {
        var none = new Observed("workload/web", 3, Condition.RUNNING, 0, 0);
        response.gauge("web", Measure.WAITING, 3, now); // nobody ever told of its load
        response.look();
        asked.remove().accept(List.of(none));
        response.gauge("web", Measure.WAITING, 5, now);
        response.look();
        asked.remove().accept(List.of(WEB));
        assertThat(told).containsExactly("scaler/web 3.0 waiting 0", "scaler/web 5.0 waiting 6");
        response.gauge("web", Measure.WAITING, 0, now);
        response.look();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatWaitedAMinuteAgoWaitsNoMore() {
        response.gauge("web", Measure.WAITING, 3, now);
        now = now.plus(WorkloadGauges.AGE_MAX);
        response.demand("web", demand(10));
        response.look();
        asked.remove().accept(List.of(WEB));
        assertThat(told).containsExactly("scaler/web 10.0 6");
    }

    @Test
    void demandIsToldWithTheInstancesThatThereAre() {
        response.demand("web", demand(10));
        response.demand("web", demand(20));
        response.demand("gone", demand(7));
        response.look();
        asked.remove().accept(List.of(A, WEB));
        assertThat(told).containsExactly("scaler/web 20.0 6");
        assertThat(response.leads("web")).isTrue();
        assertThat(response.leads("api")).isFalse();
        now = now.plus(SignalResponse.LEADING);
        assertThat(response.leads("web")).isFalse();
    }

    @Test
    void aLookThatIsNotAnsweredIsMadeAgainAndItsLateAnswerCountsForNothing() {
        signal("vm/a", SignalKind.DOWN);
        response.look();
        now = now.plus(SignalResponse.PATIENCE);
        response.look();
        assertThat(asked).hasSize(2);
        asked.remove().accept(List.of(A));
        assertThat(told).isEmpty();
        Consumer<List<Observed>> second = asked.remove();
        second.accept(List.of(A));
        second.accept(List.of(A));
        assertThat(told).containsExactly("vm/a STOPPED");
    }
}
