package io.novacron.zeroops.simulations.live;

import static io.novacron.zeroops.simulations.live.LiveFixture.ORIGIN;
import static io.novacron.zeroops.simulations.live.LiveFixture.UNIT;
import static io.novacron.zeroops.simulations.live.LiveFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.Commitment;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fleet remembers, on a real database that loses its process. */
class RestartTest {
    private static final Outcome FENCED = new Outcome.Failed("fenced", false);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private LiveFixture fixture(double... rates) {
        var ledger = new JdbcFleetLedger(LiveFixture.database(directory));
        return new LiveFixture(ledger, LiveFixture.quiet(), LiveFixture.traced(rates)).started();
    }

    @AfterEach
    void crash() {
        LiveFixture.crash(directory);
    }

    private LiveFixture restarted(LiveFixture fixture) {
        crash();
        return fixture.restarted();
    }

    @Test
    void instancesAreThereAsBeforeAndThoseThatBootedAreReady() {
        var fixture = fixture(45);
        fixture.submit("key/1", 1, new SetInstances(8));
        fixture.run(Duration.ofSeconds(5));
        restarted(fixture);
        assertThat(fixture.web().ready()).isEqualTo(8);
        assertThat(fixture.submit("key/2", 2, new Describe()))
                .containsExactly(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 8, 0)));
    }

    @Test
    void aKeyIsNotTakenAgainAndItsRepeatSucceeds() {
        var fixture = fixture(45);
        fixture.submit("key/5", 5, new SetInstances(8));
        restarted(fixture);
        fixture.submit("key/5", 5, new SetInstances(12));
        assertThat(fixture.submit("key/5", 5, new SetInstances(8)))
                .containsExactly(new Outcome.Succeeded(new Observed(WEB, 5, Condition.RUNNING, 8, 0)));
        assertThat(fixture.ledger.replay()).extracting(Taken::instances).containsExactly(8);
    }

    @Test
    void lowerGenerationsStayFencedAlsoByAQuestion() {
        var fixture = fixture(45);
        fixture.submit("key/5", 5, new SetInstances(8));
        restarted(fixture);
        assertThat(fixture.submit("key/4", 4, new SetInstances(3))).containsExactly(FENCED);
        fixture.submit("key/9", 9, new Describe());
        restarted(fixture);
        assertThat(fixture.submit("key/8", 8, new SetInstances(3))).containsExactly(FENCED);
        assertThat(fixture.submit("key/5", 5, new SetInstances(8))).containsExactly(FENCED);
        assertThat(fixture.web().provisioned()).isEqualTo(8);
    }

    @Test
    void timeGoesOnFromWhereItWasAndNeverBack() {
        var fixture = fixture(45);
        fixture.run(Duration.ofHours(1));
        Instant last = fixture.web().at();
        crash();
        FleetTime time = FleetTime.of(fixture.ledger, Instant.parse("2030-01-01T00:00:00Z"), 99);
        assertThat(time.origin()).isEqualTo(ORIGIN);
        assertThat(time.seed()).isEqualTo(7);
        assertThat(time.resumeAt()).isBetween(last, last.plusSeconds(2));
    }

    @Test
    void theLoadGoesOnInItsDay() {
        var fixture = fixture(10, 10, 200, 200, 200);
        fixture.run(Duration.ofMinutes(3));
        restarted(fixture).run(Duration.ofSeconds(10));
        assertThat(fixture.web().loadPerS()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hold", "Confirm", "End"})
    void instancesAreAdoptedOnceWhereverTheProcessDies(String step) {
        var fixture = new LiveFixture(
                new JdbcFleetLedger(LiveFixture.database(directory)), LiveFixture.quiet(), LiveFixture.traced(45));
        fixture.isReplyLost = command -> isNamed(command, step);
        fixture.started().run(Duration.ofSeconds(30));
        assertThat(fixture.demands).isEmpty();
        fixture.isReplyLost = command -> false;
        restarted(fixture).run(Duration.ofHours(3), Duration.ofSeconds(30));
        restarted(fixture).run(Duration.ofHours(3), Duration.ofSeconds(30));
        assertThat(commitment(fixture).finalRatePerHour()).isEqualTo(UNIT.times(5));
        assertThat(fixture.budget().holds().open()).isEmpty();
        assertThat(fixture.demands).isNotEmpty();
    }

    @Test
    void anUnansweredStepOfTheAdoptionIsAskedAgain() {
        var fixture = new LiveFixture(new MemoryFleetLedger(), LiveFixture.quiet(), LiveFixture.traced(45));
        Set<String> lost = new HashSet<>();
        fixture.isCommandLost = command -> lost.add(command.getClass().getSimpleName());
        fixture.started().run(Duration.ofSeconds(30));
        assertThat(commitment(fixture).finalRatePerHour()).isEqualTo(UNIT.times(5));
        assertThat(fixture.asked).filteredOn(ReviewCommand.class::isInstance).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void instancesWithoutMoneyAreScaledMeanwhileAndAdoptedOnceThereIsSome() {
        var fixture = new LiveFixture(new MemoryFleetLedger(), LiveFixture.quiet(), LiveFixture.traced(45));
        fixture.limit(Money.dollars(1));
        fixture.started().run(Duration.ofSeconds(30));
        assertThat(fixture.budget().commitment(WEB)).isEmpty();
        assertThat(fixture.demands).isNotEmpty();
        fixture.limit(Money.dollars(100_000));
        fixture.run(Duration.ofSeconds(30));
        assertThat(commitment(fixture).finalRatePerHour()).isEqualTo(UNIT.times(5));
    }

    /** Its clock is fast, and its agents are slow to start. */
    @Test
    void agentsThatStartLateMissNoMoneyAndAreBilledNoneTwice() {
        var fixture = new LiveFixture(new MemoryFleetLedger(), LiveFixture.quiet(), LiveFixture.traced(45));
        fixture.clock.forward(Duration.ofHours(3));
        Instant adopted = fixture.clock.instant();
        fixture.started().run(Duration.ofMinutes(10));
        fixture.reopened();
        fixture.clock.forward(Duration.ofHours(3));
        fixture.fleet().list(all -> assertThat(all).hasSize(1));
        fixture.started().run(Duration.ofMinutes(10));
        double hours =
                Duration.between(adopted, commitment(fixture).accountedTo()).toMillis() / 3_600_000.0;
        assertThat(hours).isGreaterThan(3);
        assertThat(fixture.budget().usageOf("shop").spent().toDollars())
                .isCloseTo(UNIT.toDollars() * 5 * hours, within(0.01));
        assertThat(fixture.asked).filteredOn(ReviewCommand.class::isInstance).hasSize(4);
    }

    private static boolean isNamed(Command command, String name) {
        return command.getClass().getSimpleName().equals(name);
    }

    private static Commitment commitment(LiveFixture fixture) {
        return fixture.budget().commitment(WEB).orElseThrow();
    }

    /** Whatever is lost on the way, an hour of five instances costs an hour of five instances. */
    @Test
    void billsAreToldUntilHeardAndCountOnceOverRestarts() {
        var fixture = fixture(45);
        int[] asked = {0};
        fixture.isReplyLost = command -> command instanceof Meter && asked[0]++ % 3 == 0;
        for (int i = 0; i < 6; i++) {
            fixture.run(Duration.ofMinutes(9));
            fixture.run(Duration.ofSeconds(10L * i));
            restarted(fixture);
        }
        fixture.isReplyLost = command -> false;
        fixture.run(Duration.ofMinutes(10));
        Money spent = fixture.budget().usageOf("shop").spent();
        Instant upTo = commitment(fixture).accountedTo();
        double hours = Duration.between(ORIGIN, upTo).toMillis() / 3_600_000.0;
        assertThat(hours).isGreaterThan(1);
        assertThat(spent.toDollars()).isCloseTo(UNIT.toDollars() * 5 * hours, within(1e-4));
        assertThat(fixture.meters).extracting(Meter::upTo).isSorted();
        Set<Instant> readings = new HashSet<>();
        fixture.meters.forEach(meter -> readings.add(meter.upTo()));
        assertThat(fixture.meters).hasSizeGreaterThan(readings.size());
    }

    /** Not that of the instances that it left: these may have come just before it ended. */
    @Test
    void whatAProcessDidNotBillIsBilledByTheInstancesThatThereWere() {
        var fixture = fixture(45);
        fixture.run(Duration.ofSeconds(70));
        assertThat(fixture.meters).hasSize(1);
        fixture.submit("key/1", 1, new SetInstances(8));
        fixture.run(Duration.ofSeconds(30));
        fixture.submit("key/2", 2, new SetInstances(6));
        restarted(fixture).run(Duration.ofSeconds(90));
        Instant upTo = commitment(fixture).accountedTo();
        assertThat(upTo).isAfter(ORIGIN.plusSeconds(100));
        double seconds = 5 * 70 + 8 * 30 + 6 * (Duration.between(ORIGIN, upTo).toMillis() / 1e3 - 100);
        assertThat(fixture.budget().usageOf("shop").spent().toDollars())
                .isCloseTo(UNIT.toDollars() * seconds / 3_600, within(1e-5));
    }

    @Test
    void nothingIsBilledFromBeforeItsMoneyWasThere() {
        var fixture = new LiveFixture(new MemoryFleetLedger(), LiveFixture.quiet(), LiveFixture.traced(45));
        Deque<Runnable> answers = new ArrayDeque<>();
        fixture.fleet().start(fixture, answers::add);
        while (fixture.asked.stream().noneMatch(ReviewCommand.End.class::isInstance)) {
            fixture.clock.forward(Duration.ofSeconds(5));
            answers.removeFirst().run();
        }
        Instant committed = commitment(fixture).accountedTo();
        while (fixture.meters.isEmpty()) {
            while (!answers.isEmpty()) {
                answers.removeFirst().run();
            }
            fixture.run(Duration.ofSeconds(1));
        }
        Meter first = fixture.meters.get(0);
        double hours = Duration.between(committed, first.upTo()).toMillis() / 3_600_000.0;
        assertThat(first.billed().toDollars()).isLessThanOrEqualTo(UNIT.toDollars() * 5 * hours);
    }
}
