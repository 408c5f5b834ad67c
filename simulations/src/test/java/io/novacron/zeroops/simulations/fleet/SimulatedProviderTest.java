package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.StopVm;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.host.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The promises of {@link io.novacron.zeroops.agents.fleet.FleetProvider}, one by one. */
class SimulatedProviderTest {
    private static final String VM = "vm/a";
    private static final BootTimes TIMES = new BootTimes(1, 10, 10, 0);
    private static final FaultProfile LOSING_TRACK = new FaultProfile(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    private static final FaultProfile BUSY = new FaultProfile(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    private static final FaultProfile REFUSING = new FaultProfile(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);

    private final Scheduler scheduler = new Scheduler(Instant.EPOCH);
    private final List<String> effects = new ArrayList<>();

    private record Time(Scheduler scheduler) implements SimulatedProvider.Clock {
        @Override
        public long now() {
            return scheduler.now();
        }

        @Override
        public void at(long millis, Runnable action) {
            scheduler.at(millis, action);
        }
    }

    private SimulatedProvider provider(Faults faults, BootTimes times) {
        var provider = new SimulatedProvider(
                new Time(scheduler), faults, (resource, key, generation, operation) -> effects.add(key));
        provider.addVm(VM, times);
        return provider;
    }

    private static Faults faults(FaultProfile profile, long seed) {
        var faults = new Faults(profile, new SplittableRandom(seed));
        faults.begin();
        return faults;
    }

    private SimulatedProvider sound() {
        return provider(faults(FaultProfile.NONE, 1), TIMES);
    }

    private static List<Outcome> submit(SimulatedProvider provider, long generation, FleetOperation operation) {
        List<Outcome> outcomes = new ArrayList<>();
        provider.submit(new Effect.Call("key/" + generation, VM, generation, operation), outcomes::add);
        return outcomes;
    }

    private static Outcome failed(String code, boolean retryable) {
        return new Outcome.Failed(code, retryable);
    }

    @Test
    void aKeyTakesEffectOnceAndIsAnsweredAsBefore() {
        var provider = sound();
        var first = submit(provider, 1, new StopVm());
        scheduler.runUntil(60_000);
        assertThat(submit(provider, 1, new StopVm())).isEqualTo(first);
        assertThat(effects).containsExactly("key/1");
    }

    /** Before anything else: so no key need be remembered for longer than its generation is the highest. */
    @Test
    void aRepeatOfAFencedCallIsRefusedAndNotAnsweredAsBefore() {
        var provider = sound();
        submit(provider, 1, new StopVm());
        submit(provider, 2, new Describe());
        assertThat(submit(provider, 1, new StopVm())).containsExactly(failed("fenced", false));
        assertThat(effects).containsExactly("key/1");
    }

    @Test
    void aLowerGenerationIsRefusedAfterAHigherChange() {
        var provider = sound();
        submit(provider, 2, new StopVm());
        assertThat(submit(provider, 1, new FleetOperation.StartVm())).containsExactly(failed("fenced", false));
        assertThat(effects).containsExactly("key/2");
    }

    @Test
    void aQuestionRaisesTheFenceTooButAWatchDoesNot() {
        var provider = sound();
        submit(provider, 9, new Await(Condition.STOPPED, 0));
        assertThat(submit(provider, 2, new Describe()))
                .containsExactly(new Outcome.Succeeded(new Observed(VM, 0, Condition.RUNNING, 1, 0)));
        assertThat(submit(provider, 1, new StopVm())).containsExactly(failed("fenced", false));
        assertThat(effects).isEmpty();
        assertThat(submit(provider, 3, new StopVm())).hasSize(1);
        assertThat(effects).containsExactly("key/3");
    }

    /** Of what the provider lost track of, a third happened, a third never does, and a third comes late. */
    @Test
    void aLateEffectComesUnlessAQuestionWasAskedMeanwhile() {
        int late = 0;
        for (long seed = 0; seed < 40; seed++) {
            effects.clear();
            var provider = provider(faults(LOSING_TRACK, seed), TIMES);
            assertThat(submit(provider, 1, new StopVm())).containsExactly(new Outcome.Unknown("connection_lost"));
            boolean atOnce = !effects.isEmpty();
            scheduler.runUntil(scheduler.now() + 60_000);
            boolean cameLate = !atOnce && !effects.isEmpty();
            late += cameLate ? 1 : 0;
            effects.clear();
            var asked = faults(LOSING_TRACK, seed);
            provider = provider(asked, TIMES);
            submit(provider, 1, new StopVm());
            asked.stop();
            assertThat(submit(provider, 2, new Describe()).get(0)).isInstanceOf(Outcome.Succeeded.class);
            int before = effects.size();
            scheduler.runUntil(scheduler.now() + 60_000);
            assertThat(effects).as("fenced off, seed %d", seed).hasSize(before);
        }
        assertThat(late).isBetween(1, 39);
    }

    @Test
    void whatIsBusyDidNothingAndMayBeTriedAgain() {
        var faults = faults(BUSY, 1);
        var provider = provider(faults, TIMES);
        assertThat(submit(provider, 1, new StopVm())).containsExactly(failed("busy", true));
        assertThat(effects).isEmpty();
        assertThat(provider.truth(VM).condition()).isEqualTo(Condition.RUNNING);
        faults.stop();
        assertThat(submit(provider, 1, new StopVm()).get(0)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(effects).containsExactly("key/1");
    }

    @Test
    void whatWasRefusedForGoodStaysRefused() {
        var faults = faults(REFUSING, 1);
        var provider = provider(faults, TIMES);
        submit(provider, 1, new StopVm());
        faults.stop();
        assertThat(submit(provider, 1, new StopVm())).containsExactly(failed("quota_exceeded", false));
        assertThat(effects).isEmpty();
    }

    @Test
    void aWatchIsAnsweredOnceItsConditionHolds() {
        var provider = sound();
        submit(provider, 1, new StopVm());
        var watched = submit(provider, 1, new Await(Condition.STOPPED, 0));
        scheduler.runUntil(9_999);
        assertThat(watched).isEmpty();
        scheduler.runUntil(10_000);
        assertThat(watched).containsExactly(new Outcome.Succeeded(new Observed(VM, 1, Condition.STOPPED, 0, 0)));
        assertThat(submit(provider, 1, new Await(Condition.STOPPED, 0))).hasSize(1);
    }

    @Test
    void aWatchEndsOnceNothingCanBringItAbout() {
        var provider = provider(faults(FaultProfile.NONE, 1), new BootTimes(1, 10, 10, 1));
        submit(provider, 1, new StopVm());
        var watched = submit(provider, 1, new Await(Condition.STOPPED, 0));
        scheduler.runUntil(10_000);
        assertThat(watched).containsExactly(failed("cannot_be_met", false));
        assertThat(provider.truth(VM).condition()).isEqualTo(Condition.FAILED);
    }

    @Test
    void onlySoManyWatch() {
        var provider = sound();
        submit(provider, 1, new StopVm());
        for (int i = 0; i < SimulatedProvider.WATCHES_MAX; i++) {
            assertThat(submit(provider, 1, new Await(Condition.STOPPED, 0))).isEmpty();
        }
        assertThat(submit(provider, 1, new Await(Condition.STOPPED, 0)))
                .containsExactly(failed("too_many_watches", true));
    }

    @Test
    void whatIsNotThereAndWhatDoesNotFitIsRefused() {
        var provider = sound();
        List<Outcome> outcomes = new ArrayList<>();
        provider.submit(new Effect.Call("k", "vm/none", 1, new StopVm()), outcomes::add);
        assertThat(outcomes).containsExactly(failed("no_such_resource", false));
        assertThat(submit(provider, 1, new FleetOperation.SetInstances(3)))
                .containsExactly(failed("not_for_a_vm", false));
        submit(provider, 2, new FleetOperation.DeleteVm());
        scheduler.runUntil(60_000);
        assertThat(submit(provider, 3, new FleetOperation.StartVm())).containsExactly(failed("no_such_vm", false));
        provider.list(all -> assertThat(all).extracting(Observed::condition).containsExactly(Condition.ABSENT));
    }
}
