package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real budget; each instance costs a dollar an hour. */
class SpendWatchTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final List<BudgetEvent> journal = new ArrayList<>();
    private final SpendWatch watch = watch();
    private BudgetState state = agent.initial();
    private Instant now = START;
    private int number;

    private static SpendWatch watch() {
        return new SpendWatch(new SpendWatchSettings(0.5, 2, SpendWatchSettings.LASTING));
    }

    private void tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        assertThat(taken.result().reply().accepted())
                .as("%s", taken.result().reply())
                .isTrue();
        for (BudgetEvent event : taken.result().events()) {
            watch.event(state, event);
            journal.add(event);
            state = agent.apply(state, event);
        }
        assertThat(state).isEqualTo(taken.after());
    }

    private void tree() {
        tell(new Allocate(
                "p",
                List.of(
                        new Node("org", "", Money.dollars(1e6), 0),
                        new Node("shop", "org", Money.dollars(1e6), 5),
                        new Node("lab", "org", Money.dollars(1e6), 1))));
    }

    private void scale(String project, int from, int to) {
        String id = "d" + ++number;
        var kind = to > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
        var action = Action.of(kind, "workload/" + project, project, "eu", from, to, Money.dollars(1));
        tell(new Hold(id, action, Priority.P2, now.plusSeconds(30)));
        tell(new Confirm(id));
        tell(new End(id, Math.abs(to - from), now.plusSeconds(30)));
    }

    private void bill(String project, double dollars) {
        tell(new Meter(new Origin("m/" + project, ++number), "workload/" + project, Money.dollars(dollars), now));
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private List<Anomaly> look() {
        return watch.look(state, now);
    }

    /** As the monitor does: each ten seconds. */
    private List<Anomaly> lookFor(Duration duration) {
        List<Anomaly> found = new ArrayList<>();
        for (Instant end = now.plus(duration); now.isBefore(end); pass(Duration.ofSeconds(10))) {
            found.addAll(look());
        }
        return found;
    }

    @Test
    void aRiseOfWhatRunsIsToldAtTheLowestNodeWithinTwoMinutesAndOnce() {
        tree();
        scale("shop", 0, 20);
        scale("lab", 0, 20);
        assertThat(lookFor(HOUR.multipliedBy(3))).isEmpty();
        scale("lab", 20, 44);
        List<Anomaly> found = lookFor(Duration.ofMinutes(2));
        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.id()).isEqualTo("rate/lab/2026-03-02T03:00:00Z");
            assertThat(anomaly.node()).isEqualTo("lab");
            assertThat(anomaly.billed()).isEqualTo(Money.dollars(44));
            assertThat(anomaly.expected().toDollars()).isBetween(19.99, 20.01);
            assertThat(anomaly.to()).isEqualTo(anomaly.from().plus(HOUR));
        });
        tell(new ReportAnomaly(found.get(0)));
        assertThat(lookFor(HOUR.multipliedBy(6))).isEmpty();
    }

    @Test
    void whatComesBackWithinSecondsIsNoneAndNorIsLittleMoney() {
        tree();
        scale("shop", 0, 20);
        scale("lab", 0, 2);
        lookFor(HOUR.multipliedBy(2));
        scale("shop", 20, 40);
        assertThat(lookFor(Duration.ofSeconds(20))).isEmpty();
        scale("shop", 40, 20);
        scale("lab", 2, 3);
        assertThat(lookFor(HOUR.multipliedBy(3))).isEmpty();
    }

    @Test
    void oneThatCameBackMayRiseAgain() {
        tree();
        scale("shop", 0, 20);
        lookFor(HOUR.multipliedBy(2));
        scale("shop", 20, 40);
        assertThat(lookFor(Duration.ofMinutes(5))).hasSize(1);
        scale("shop", 40, 20);
        assertThat(lookFor(Duration.ofMinutes(70))).isEmpty();
        scale("shop", 20, 60);
        assertThat(lookFor(Duration.ofMinutes(5))).hasSize(1);
    }

    /** It went as high within the last day; the hour as a whole never did. */
    @Test
    void whatGoesUpAndDownWithinAnHourIsARiseOnlyIfItStays() {
        tree();
        scale("shop", 0, 20);
        for (int hours = 0; hours < 400; hours++) {
            scale("shop", 20, 40);
            List<Anomaly> learning = lookFor(Duration.ofMinutes(3));
            assertThat(hours < 3 ? List.of() : learning).isEmpty();
            scale("shop", 40, 20);
            assertThat(look()).isEmpty();
            pass(HOUR.minusMinutes(3));
            bill("shop", 21);
        }
        scale("shop", 20, 40);
        List<Anomaly> found = lookFor(HOUR.multipliedBy(3));
        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.id()).startsWith("hour/shop/");
            assertThat(anomaly.billed().toDollars()).isBetween(39.0, 41.0);
            assertThat(anomaly.to()).isBeforeOrEqualTo(now);
        });
    }

    /** The sum of two small rises: neither project's own stands out. */
    @Test
    void aNodeAboveIsToldOfWhatNoneBelowExplains() {
        tree();
        scale("shop", 0, 3);
        scale("lab", 0, 3);
        lookFor(HOUR.multipliedBy(2));
        scale("shop", 3, 5);
        scale("lab", 3, 5);
        assertThat(lookFor(Duration.ofMinutes(2))).extracting(Anomaly::node).containsExactly("org");
    }

    /** Work that grows each Monday is no news on the third one. */
    @Test
    void theTimeOfTheWeekIsLearned() {
        tree();
        scale("shop", 0, 20);
        List<Anomaly> last = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            last.addAll(day < 21 ? List.of() : look());
            scale("shop", 20, 50);
            for (int i = 0; i < 10; i++) {
                pass(Duration.ofHours(1));
                last.addAll(day < 21 ? drop(look()) : look());
            }
            scale("shop", 50, 20);
            pass(Duration.ofHours(14));
        }
        assertThat(last).isEmpty();
    }

    private static List<Anomaly> drop(List<Anomaly> learning) {
        assertThat(learning.size()).isLessThan(2);
        return List.of();
    }

    @Test
    void whatIsBilledBeyondWhatIsCommittedIsFoundOnceTheHourIsBilled() {
        tree();
        scale("shop", 0, 20);
        for (int hours = 0; hours < 400; hours++) {
            pass(HOUR);
            bill("shop", 20);
            assertThat(look()).isEmpty();
        }
        pass(HOUR);
        bill("shop", 60);
        assertThat(look()).isEmpty(); // more bills may come
        pass(SpendWatch.BILLS_LATE);
        assertThat(look()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.id()).startsWith("bill/shop/");
            assertThat(anomaly.billed()).isEqualTo(Money.dollars(60));
            assertThat(anomaly.expected().toDollars()).isBetween(19.9, 20.1);
            assertThat(anomaly.to()).isBeforeOrEqualTo(now);
        });
    }

    /** After a restart all is as it was: what the journal has, is told. */
    @Test
    void whoReadsTheSameJournalFindsNothingTwice() {
        tree();
        scale("shop", 0, 20);
        lookFor(HOUR.multipliedBy(3));
        scale("shop", 20, 40);
        tell(new ReportAnomaly(lookFor(Duration.ofMinutes(2)).get(0)));
        SpendWatch other = watch();
        BudgetState replayed = agent.initial();
        for (BudgetEvent event : journal) {
            other.event(replayed, event);
            replayed = agent.apply(replayed, event);
        }
        for (int i = 0; i < 1000; i++, pass(Duration.ofSeconds(10))) {
            assertThat(other.look(replayed, now)).isEmpty();
        }
    }

    @Test
    void withoutTheJournalsBeginningItGoesOnFromASnapshot() {
        tree();
        scale("shop", 0, 20);
        pass(HOUR);
        SpendWatch other = watch();
        other.begin(state);
        List<Anomaly> found = new ArrayList<>();
        for (int i = 0; i < 900; i++, pass(Duration.ofSeconds(10))) {
            found.addAll(other.look(state, now));
        }
        assertThat(found).isEmpty();
        BudgetState before = state;
        List<BudgetEvent> known = List.copyOf(journal);
        scale("shop", 20, 40);
        for (BudgetEvent event : journal.subList(known.size(), journal.size())) {
            other.event(before, event);
            before = agent.apply(before, event);
        }
        pass(Duration.ofSeconds(10));
        other.look(state, now);
        pass(SpendWatchSettings.LASTING);
        assertThat(other.look(state, now)).extracting(Anomaly::billed).containsExactly(Money.dollars(40));
    }
}
