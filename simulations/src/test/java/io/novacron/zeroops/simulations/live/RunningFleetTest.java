package io.novacron.zeroops.simulations.live;

import static io.novacron.zeroops.simulations.live.LiveFixture.ORIGIN;
import static io.novacron.zeroops.simulations.live.LiveFixture.WEB;
import static io.novacron.zeroops.simulations.live.LiveFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.simulations.live.Incident.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a fleet does between two starts. */
class RunningFleetTest {
    private static final Outcome FENCED = new Outcome.Failed("fenced", false);

    @Test
    void theLoadIsServedByAsManyInstancesAsItNeedsAtTheFirstStart() {
        var fixture = LiveFixture.of(45).started();
        fixture.run(Duration.ofMinutes(10));
        WorkloadStatus web = fixture.web();
        assertThat(web.ready()).isEqualTo(5);
        assertThat(web.safeCapacityPerS()).isEqualTo(50);
        assertThat(web.costPerHour()).isEqualTo(LiveFixture.UNIT.times(5));
        assertThat(web.loadPerS()).isBetween(30.0, 60.0);
        assertThat(web.failedShare()).isZero();
        assertThat(web.at()).isEqualTo(ORIGIN.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aLoadThatNobodyAnswersIsSeenInTheFailedShare() {
        var fixture = LiveFixture.of(10, 1_000).started();
        fixture.run(Duration.ofMinutes(2));
        assertThat(fixture.web().failedShare()).isGreaterThan(0.9);
    }

    @Test
    void instancesBootAndWhoeverAwaitsThemHears() {
        var fixture = LiveFixture.of(45).started();
        assertThat(fixture.submit("key/1", 1, new SetInstances(8)))
                .containsExactly(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 5, 3)));
        List<Outcome> awaited = fixture.submit("await/1", 1, new Await(Condition.RUNNING, 8));
        fixture.run(Duration.ofSeconds(10));
        assertThat(awaited).isEmpty();
        assertThat(fixture.web().booting()).isEqualTo(3);
        fixture.run(Duration.ofSeconds(50));
        assertThat(awaited).containsExactly(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 8, 0)));
    }

    @Test
    void aKeyTakesEffectOnceAndALowerGenerationNever() {
        var fixture = LiveFixture.of(45).started();
        fixture.submit("key/2", 2, new SetInstances(8));
        fixture.submit("key/2", 2, new SetInstances(8));
        assertThat(fixture.submit("key/1", 1, new SetInstances(3))).containsExactly(FENCED);
        assertThat(fixture.web().provisioned()).isEqualTo(8);
        assertThat(fixture.ledger.replay()).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenDownIsNotDoneAndNothingIsClaimedAfterwards() {
        var failing = new FleetLedger() {
            final FleetLedger sound = new MemoryFleetLedger();

            @Override
            public void append(Taken taken) {
                throw new LedgerException("disk full");
            }

            @Override
            public List<Taken> replay() {
                return sound.replay();
            }

            @Override
            public List<Taken> since(String resource, Instant instant) {
                return sound.since(resource, instant);
            }

            @Override
            public void note(String name, String value) {
                sound.note(name, value);
            }

            @Override
            public Map<String, String> notes() {
                return sound.notes();
            }
        };
        var fixture = new LiveFixture(failing, LiveFixture.quiet(), LiveFixture.traced(45)).started();
        var unknown = new Outcome.Unknown("ledger_failed");
        assertThat(fixture.submit("key/1", 1, new SetInstances(8))).containsExactly(unknown);
        assertThat(fixture.web().provisioned()).isEqualTo(5);
        assertThat(fixture.submit("key/2", 2, new Describe())).containsExactly(unknown);
    }

    @Test
    void telemetryTellsTheScalerOfGrowingDemand() {
        double[] rising = new double[60];
        for (int minute = 0; minute < rising.length; minute++) {
            rising[minute] = 50 + 10 * minute;
        }
        var fixture = LiveFixture.of(rising).started();
        fixture.run(Duration.ofMinutes(50));
        List<ReportDemand> demands = fixture.demands;
        assertThat(demands.get(0).sampledAt()).isEqualTo(ORIGIN.plusSeconds(1));
        assertThat(demands.get(0).load()).isBetween(20.0, 80.0);
        ReportDemand last = demands.get(demands.size() - 1);
        assertThat(last.load()).isBetween(450.0, 650.0);
        assertThat(last.peakSoon()).isGreaterThanOrEqualTo(last.load());
        assertThat(last.instances()).isEqualTo(5);
        assertThat(demands).extracting(ReportDemand::sampledAt).isSorted().doesNotHaveDuplicates();
    }

    /** However long it was away, what it has to catch up with is bounded, and only the newest is told. */
    @Test
    void oneTickOfAnyLengthTakesABoundedNumberOfSamplesAndTellsOnce() {
        var fixture = LiveFixture.of(45).started();
        fixture.run(Duration.ofSeconds(5));
        int told = fixture.demands.size();
        fixture.run(Duration.ofDays(1), Duration.ofDays(1));
        assertThat(fixture.demands).hasSize(told + 1);
        List<Sample> samples = fixture.fleet().history("web", ORIGIN.plusSeconds(5));
        assertThat(samples).hasSizeBetween(RunningFleet.SAMPLES_MAX - 2, RunningFleet.SAMPLES_MAX);
        assertThat(fixture.web().at()).isEqualTo(ORIGIN.plus(Duration.ofDays(1)).plusSeconds(5));
    }

    /** Twelve hours in ticks of a clock that is 600 times as fast. */
    @Test
    void aFastClockLosesNoTelemetryAndBootsEndOnTime() {
        var fixture = LiveFixture.of(45).started();
        fixture.run(Duration.ofHours(12), Duration.ofSeconds(30));
        assertThat(fixture.fleet().history("web", ORIGIN)).hasSize(12 * 360);
        assertThat(fixture.demands.size()).isBetween(12 * 60, 12 * 120);
        var awaited = fixture.submit("key/1", 1, new SetInstances(6));
        fixture.run(Duration.ofMinutes(2), Duration.ofSeconds(30));
        assertThat(awaited).hasSize(1);
        assertThat(fixture.web().ready()).isEqualTo(6);
    }

    @Test
    void theHistoryHoldsADayAndNoMore() {
        var fixture = LiveFixture.of(45).started();
        fixture.run(Duration.ofHours(25), Duration.ofSeconds(10));
        List<Sample> day = fixture.fleet().history("web", Instant.EPOCH);
        assertThat(day).hasSize(History.POINTS_MAX);
        assertThat(day).extracting(Sample::at).isSorted();
        assertThat(fixture.fleet().history("web", day.get(day.size() - 3).at())).hasSize(2);
        assertThat(fixture.fleet().history("nobody", Instant.EPOCH)).isEmpty();
    }

    @Test
    void incidentsHappenAndTheirTruthIsKept() {
        var settings = LiveFixture.quiet().withIncidentEvery(LiveSettings.INCIDENT_EVERY_MIN);
        var fixture = new LiveFixture(new MemoryFleetLedger(), settings, WorkloadSpec.generated(policy("web")));
        fixture.started().run(Duration.ofHours(12), Duration.ofSeconds(30));
        List<Incident> incidents = fixture.fleet().incidents();
        assertThat(incidents).hasSize(24);
        assertThat(incidents).extracting(Incident::kind).contains(Kind.FLASH_CROWD, Kind.ZONE_LOST);
        int lost = 0;
        for (Incident incident : incidents) {
            Instant middle = incident.start()
                    .plus(Duration.between(incident.start(), incident.end()).dividedBy(2));
            if (incident.kind() == Kind.ZONE_LOST) {
                lost += (int) incident.size();
            } else {
                double usual = loadAt(fixture, incident.start().minusSeconds(30));
                assertThat(loadAt(fixture, middle) / usual).isBetween(incident.size() * 0.7, incident.size() * 1.4);
            }
        }
        List<Taken> taken = fixture.ledger.replay();
        assertThat(lost).isPositive();
        assertThat(taken).allMatch(loss -> loss.key().startsWith("lost/"));
        assertThat(fixture.web().provisioned())
                .isEqualTo(taken.get(taken.size() - 1).instances());
    }

    private static double loadAt(LiveFixture fixture, Instant at) {
        return fixture.fleet().history("web", at).get(0).load();
    }

    @Test
    void theSameSeedGivesTheSameFleet() {
        List<List<Sample>> histories = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var settings = LiveSettings.ofBudget("budget/main");
            var fixture = new LiveFixture(new MemoryFleetLedger(), settings, WorkloadSpec.generated(policy("web")));
            fixture.started().run(Duration.ofHours(6), Duration.ofSeconds(30));
            histories.add(fixture.fleet().history("web", ORIGIN));
        }
        assertThat(histories.get(0)).isEqualTo(histories.get(1));
    }

    @Test
    void aClockThatWouldGoBackIsRefused() {
        var fixture = LiveFixture.of(45).started();
        fixture.run(Duration.ofMinutes(1));
        var time = FleetTime.of(fixture.ledger, ORIGIN, 7);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new RunningFleet(new ManualClock(ORIGIN), fixture.ledger, time, List.of(), LiveFixture.quiet()))
                .withMessageContaining("resumeAt");
    }
}
