package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Watch;
import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Settle;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that were never: in the first, what today has two fields had one, and a nested answer another name for one. */
class EvolutionTest {
    private static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<Evolution> RELEASES = List.of(
            new Evolution(
                    "scaler.ProposalHanded/0",
                    "scaler.ProposalHanded/1",
                    2,
                    old -> old.set("deadline", old.get("at")),
                    now -> now.without(List.of("deadline"))),
            new Evolution(
                    "fleet.Observed/0",
                    "fleet.Observed/1",
                    3,
                    old -> old.set("instances", old.remove("count")),
                    now -> now.set("count", now.remove("instances"))));

    private final AtomicInteger format = new AtomicInteger(1);
    private final EventCodec codec = new EventCodec(RELEASES, format::get);

    private static String text(byte[] cbor) {
        return new String(cbor, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whileOldNodesReadItTheOldShapeIsWritten() {
        List<Event> events = List.of(new ProposalHanded(T0, T0));
        byte[] old = codec.eventsToCbor(events);
        assertThat(text(old)).contains("scaler.ProposalHanded/0").doesNotContain("deadline");
        format.set(2);
        byte[] now = codec.eventsToCbor(events);
        assertThat(text(now)).contains("scaler.ProposalHanded/1").contains("deadline");
        assertThat(now).isEqualTo(new EventCodec().eventsToCbor(events));
    }

    @Test
    void bothAreReadInWhateverFormatIsWritten() {
        List<Event> events =
                List.of(new ProposalHanded(T0, T0), new ProposalHanded(T0.plusSeconds(1), T0.plusSeconds(1)));
        byte[] old = codec.eventsToCbor(events);
        format.set(3);
        assertThat(codec.eventsFromCbor(old)).isEqualTo(events);
        assertThat(codec.eventsFromCbor(codec.eventsToCbor(events))).isEqualTo(events);
    }

    @Test
    void whatIsDeepInsideEvolvesToo() {
        var settled = new Settle("e/1", new Outcome.Succeeded(new Observed("vm/a", 3, Condition.RUNNING, 1, 0)));
        format.set(2);
        byte[] old = codec.toCbor(settled);
        assertThat(text(old)).contains("fleet.Observed/0").contains("count");
        assertThat(codec.fromCbor(old, Settle.class)).isEqualTo(settled);
        assertThat(codec.fromCbor(codec.toCbor(Answer.NONE), Answer.class)).isEqualTo(Answer.NONE);
    }

    /** A release that reads format 1 only finds nothing but that, and says so of anything else. */
    @Test
    void anOlderReleaseRefusesWhatItDoesNotKnow() {
        var settled = new Settle("e/1", new Outcome.Succeeded(new Observed("vm/a", 3, Condition.RUNNING, 1, 0)));
        format.set(2);
        byte[] old = codec.toCbor(settled);
        assertThatThrownBy(() -> new EventCodec().fromCbor(old, Settle.class))
                .isInstanceOf(JournalFormatException.class);
    }

    @Test
    void theFormatIsRaisedForAllAndNeverLowered(@TempDir Path folder) {
        try (var database = FolderDatabase.own(folder);
                var one = JournalFormat.follow(database, RELEASES);
                var other = JournalFormat.follow(database, RELEASES);
                var old = JournalFormat.follow(database, List.of())) {
            assertThat(one.current()).isEqualTo(JournalFormat.FIRST);
            one.raise(3);
            one.raise(2);
            assertThat(one.current()).isEqualTo(3);
            await(() -> other.current() == 3);
            await(() -> old.problem().isPresent());
            assertThat(old.current()).isEqualTo(1);
            assertThat(old.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("format 3", "up to 1"));
            assertThatThrownBy(() -> JournalFormat.follow(database, RELEASES.subList(0, 1)))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("format 3");
        }
    }

    /** What a node of the first release cannot know is, for it, a message closed that never was. */
    @Test
    void whatTheBudgetTellsAndDrainsIsNothingToTheReleaseBefore() {
        var reached = new Watch.Reached("web", true, 90);
        var noted = new BudgetEvent.Noted(
                T0, Optional.empty(), List.of(), List.of(reached), Optional.empty(), List.of(), Optional.empty());
        byte[] old = new EventCodec(Evolution.ALL, () -> JournalFormat.FIRST).toCbor(noted);
        assertThat(text(old)).contains("budget.NoticeClosed/1").doesNotContain("web");
        BudgetState before = new BudgetAgent("main", BudgetPolicy.DEFAULT).initial();
        var read = (BudgetEvent) new EventCodec().fromCbor(old, Event.class);
        assertThat(read.applyTo(before).notices()).isEmpty();
        assertThat(read.applyTo(before).watch()).isEqualTo(before.watch());
        assertThat(new EventCodec().fromCbor(new EventCodec().toCbor(noted), Event.class))
                .isEqualTo(noted);
    }

    private static void await(BooleanSupplier wanted) {
        for (int i = 0; i < 3_000 && !wanted.getAsBoolean(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(wanted.getAsBoolean()).isTrue();
    }
}
