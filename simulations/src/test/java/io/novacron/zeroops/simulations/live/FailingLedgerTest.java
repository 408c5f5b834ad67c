package io.novacron.zeroops.simulations.live;

import static io.novacron.zeroops.simulations.live.LiveFixture.ORIGIN;
import static io.novacron.zeroops.simulations.live.LiveFixture.UNIT;
import static io.novacron.zeroops.simulations.live.LiveFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.live.BreakableDatabase.When;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fleet whose ledger cannot be written for a while: it guesses nothing, loses nothing, and goes on by itself. */
class FailingLedgerTest {
    private static final Outcome UNKNOWN = new Outcome.Unknown("ledger_failed");
    private static final Outcome NOT_NOW = new Outcome.Failed("ledger_unavailable", true);
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final int TRIES_MAX = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private int databases;

    private BreakableDatabase database() {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + directory.getFileName() + databases++ + ";DB_CLOSE_DELAY=-1");
        return new BreakableDatabase(source);
    }

    private static LiveFixture fixture(BreakableDatabase database) {
        return fixture(database, LiveFixture.quiet());
    }

    private static LiveFixture fixture(BreakableDatabase database, LiveSettings settings) {
        return new LiveFixture(new JdbcFleetLedger(database.dataSource()), settings, LiveFixture.traced(45));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = 0; i < databases; i++) {
            var source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + directory.getFileName() + i);
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void whatIsInDoubtIsUnknownAndSettledBeforeAnythingElseIsDone(When when) {
        BreakableDatabase database = database();
        var fixture = fixture(database).started();
        database.breaks(sql -> sql.startsWith("INSERT INTO simulated_fleet ("), when, 4);
        assertThat(fixture.submit("key/1", 1, new SetInstances(8))).containsExactly(UNKNOWN);
        assertThat(fixture.fleet().problem()).contains("the connection is lost");
        assertThat(fixture.submit("key/1", 1, new SetInstances(8)))
                .as("it may be done")
                .containsExactly(UNKNOWN);
        assertThat(fixture.submit("key/2", 2, new Describe()))
                .as("nothing was done")
                .containsExactly(NOT_NOW);
        List<List<Observed>> lists = new ArrayList<>();
        fixture.fleet().list(lists::add);
        assertThat(lists).isEmpty();
        Instant stopped = fixture.web().at(); // the last connection that is refused
        assertThat(stopped).isEqualTo(ORIGIN);
        assertThat(fixture.fleet().problem()).contains("the database is down");

        boolean isDone = when == When.AFTER_COMMIT;
        assertThat(fixture.submit("key/2", 2, new Describe()))
                .containsExactly(
                        new Outcome.Succeeded(new Observed(WEB, isDone ? 1 : 0, Condition.RUNNING, 5, isDone ? 3 : 0)));
        assertThat(fixture.fleet().problem()).isEmpty();
        fixture.run(Duration.ofMinutes(1));
        assertThat(fixture.web().ready()).isEqualTo(isDone ? 8 : 5);
        assertThat(fixture.ledger.replay()).hasSize(isDone ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void theSameCallIsDoneOnceHoweverOftenItIsRepeated(When when) {
        BreakableDatabase database = database();
        var fixture = fixture(database).started();
        database.breaks(sql -> sql.startsWith("INSERT INTO simulated_fleet ("), when, 2);
        fixture.submit("key/1", 1, new SetInstances(8));
        fixture.submit("key/1", 1, new SetInstances(8));
        fixture.submit("key/1", 1, new SetInstances(8));
        assertThat(fixture.submit("key/1", 1, new SetInstances(8)))
                .containsExactly(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 5, 3)));
        assertThat(fixture.ledger.replay()).hasSize(1);
    }

    @Test
    void whoAwaitsIsToldOnceWhatWasInDoubtIsThere() {
        BreakableDatabase database = database();
        var fixture = fixture(database).started();
        database.breaks(sql -> sql.startsWith("INSERT INTO simulated_fleet ("), When.AFTER_COMMIT, 1);
        fixture.submit("key/1", 1, new SetInstances(8));
        assertThat(fixture.submit("await/1", 1, new FleetOperation.Await(Condition.RUNNING, 8)))
                .containsExactly(NOT_NOW);
        List<Outcome> awaited = fixture.submit("await/1", 1, new FleetOperation.Await(Condition.RUNNING, 8));
        fixture.run(Duration.ofMinutes(1));
        assertThat(awaited).containsExactly(new Outcome.Succeeded(new Observed(WEB, 1, Condition.RUNNING, 8, 0)));
    }

    /** Any write of the fleet's life fails, and the database is gone for a while then. */
    @ParameterizedTest
    @EnumSource(When.class)
    void whicheverWriteFailsEveryChangeIsMadeOnce(When when) {
        BreakableDatabase sound = database();
        live(fixture(sound));
        for (int broken = firstOfLife(); broken < sound.writes(); broken++) {
            var fixture = fixture(database().breaksAt(broken, when, 3));
            live(fixture);
            fixture.run(Duration.ofMinutes(1), TICK); // it may have failed at the very end
            assertThat(fixture.web().provisioned()).as("write %s", broken).isEqualTo(6);
            assertThat(fixture.reopened().web().provisioned()).isEqualTo(6);
            assertThat(fixture.budget().commitment(WEB).orElseThrow().finalRatePerHour())
                    .isEqualTo(UNIT.times(5));
            assertThat(fixture.budget().holds().open()).isEmpty();
        }
    }

    private static void live(LiveFixture fixture) {
        fixture.started().run(Duration.ofSeconds(30), TICK);
        settled(fixture, 10, 8);
        fixture.run(Duration.ofMinutes(2), TICK);
        settled(fixture, 20, 6);
        fixture.run(Duration.ofMinutes(2), TICK);
    }

    /** As an owner does it: repeats what was not done, and asks about what is unknown before it tries another time. */
    private static void settled(LiveFixture fixture, long generation, int instances) {
        long next = generation;
        Outcome outcome = repeated(fixture, next, new SetInstances(instances));
        while (outcome.equals(UNKNOWN)) {
            Outcome answer = repeated(fixture, next + 1, new Describe());
            assertThat(answer).isInstanceOf(Outcome.Succeeded.class);
            Observed observed = (Observed) ((Outcome.Succeeded) answer).answer();
            next += 2;
            outcome = observed.applied() == next - 2 ? answer : repeated(fixture, next, new SetInstances(instances));
        }
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    }

    private static Outcome repeated(LiveFixture fixture, long generation, FleetOperation operation) {
        List<Outcome> outcomes = fixture.submit("key/" + generation, generation, operation);
        for (int i = 0; i < TRIES_MAX && outcomes.equals(List.of(NOT_NOW)); i++) {
            fixture.run(TICK, TICK);
            outcomes = fixture.submit("key/" + generation, generation, operation);
        }
        return outcomes.get(0);
    }

    /** Whatever fails, so many minutes of five instances cost so many minutes of five instances. */
    @ParameterizedTest
    @EnumSource(When.class)
    void whicheverWriteFailsEverythingIsBilledOnce(When when) {
        BreakableDatabase sound = database();
        fixture(sound).started().run(Duration.ofMinutes(5), TICK);
        for (int broken = firstOfLife(); broken < sound.writes(); broken++) {
            var fixture = fixture(database().breaksAt(broken, when, 3)).started();
            fixture.run(Duration.ofMinutes(10), TICK);
            fixture.restarted().run(Duration.ofMinutes(5), TICK);
            Instant upTo = fixture.budget().commitment(WEB).orElseThrow().accountedTo();
            double hours = Duration.between(ORIGIN, upTo).toMillis() / 3_600_000.0;
            assertThat(hours * 60).as("write %s", broken).isGreaterThan(12);
            assertThat(fixture.budget().usageOf("shop").spent().toDollars())
                    .as("write %s", broken)
                    .isCloseTo(UNIT.toDollars() * 5 * hours, within(UNIT.toDollars() * 5 / 180)); // 20 s
        }
    }

    /** Before the first is one that the constructor makes, and what cannot be made then is the caller's to repeat. */
    private int firstOfLife() {
        BreakableDatabase unstarted = database();
        var unused = fixture(unstarted);
        return unstarted.writes();
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void aLossThatCannotBeWrittenDownIsWrittenOnce(When when) {
        BreakableDatabase database = database();
        var fixture = fixture(database, LiveFixture.quiet().withIncidentEvery(LiveSettings.INCIDENT_EVERY_MIN));
        database.breaks(sql -> sql.startsWith("INSERT INTO simulated_fleet ("), when, 5);
        fixture.started().run(Duration.ofHours(6), TICK);
        int lost = fixture.fleet().incidents().stream()
                .mapToInt(incident -> (int) incident.size())
                .sum();
        assertThat(lost).isPositive();
        int left = fixture.web().provisioned();
        assertThat(fixture.fleet().problem()).isEqualTo(Optional.empty());
        assertThat(fixture.reopened().web().provisioned()).isEqualTo(left);
    }

    @Test
    void aDatabaseThatIsClosedIsOpenedAgain() {
        var fixture = new LiveFixture(
                        new JdbcFleetLedger(LiveFixture.database(directory)),
                        LiveFixture.quiet(),
                        LiveFixture.traced(45))
                .started();
        fixture.submit("key/1", 1, new SetInstances(8));
        LiveFixture.crash(directory);
        fixture.run(Duration.ofMinutes(1), TICK);
        assertThat(fixture.fleet().problem()).isEmpty();
        assertThat(fixture.web().ready()).isEqualTo(8);
        LiveFixture.crash(directory);
    }
}
