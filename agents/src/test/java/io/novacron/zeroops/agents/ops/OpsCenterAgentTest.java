package io.novacron.zeroops.agents.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.OversightCommand.RecordIntervention;
import io.novacron.zeroops.agents.ops.OpsCommand.OverrideAutomation;
import io.novacron.zeroops.agents.ops.OpsCommand.Resume;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsCommand.Settle;
import io.novacron.zeroops.agents.ops.OpsCommand.Tick;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpsCenterAgentTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final OpsCenterAgent ops = new OpsCenterAgent(new OpsPolicy(Duration.ofHours(4), PATIENCE));
    private OpsState state = ops.initial();
    private Instant now = T0;
    private final List<OpsEvent> journal = new ArrayList<>();

    private Reply tell(Command command) {
        var taken = Turn.take(ops, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        return taken.result().reply();
    }

    private Reply override(Duration duration) {
        return tell(new OverrideAutomation("p1", "smoke in the room", true, now.plus(duration)));
    }

    private void acknowledge() {
        ops.pending(state).forEach(effect -> tell(new Settle(effect.id(), Outcome.DONE)));
    }

    private void tickAtDeadline() {
        now = ops.deadline(state).orElseThrow().at();
        tell(new Tick());
    }

    private static Effect sent(long sequence, Mode mode) {
        return new Effect.Send(
                "ops/main/mode/" + sequence,
                SafetyGovernor.ADDRESS,
                new ApplyMode(new Origin(OpsCenterAgent.ADDRESS, sequence), mode));
    }

    @Test
    void aModeIsAnnouncedUntilAcknowledged() {
        assertThat(tell(new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
        assertThat(ops.pending(state)).containsExactly(sent(1, Mode.FULL));
        assertThat(state.isAcknowledged()).isFalse();
        assertThat(tell(new Settle("ops/main/mode/1", new Outcome.Failed("busy", true))))
                .isEqualTo(Reply.DONE);
        assertThat(tell(new Settle("ops/main/mode/1", new Outcome.Failed("no", false))))
                .isEqualTo(Reply.DONE);
        assertThat(tell(new Settle("ops/main/mode/1", new Outcome.Unknown("?"))))
                .isEqualTo(Reply.DONE);
        assertThat(ops.pending(state)).containsExactly(sent(1, Mode.FULL));
        acknowledge();
        assertThat(state.isAcknowledged()).isTrue();
        assertThat(ops.deadline(state)).isEmpty();
        assertThat(tell(new Settle("ops/main/mode/1", Outcome.DONE))).isEqualTo(Reply.refused("not_pending"));
        int written = journal.size();
        tell(new SetMode("p1", Mode.FULL));
        tell(new Tick());
        assertThat(journal).hasSize(written);
        assertThat(tell(new SetMode(" ", Mode.PAUSED))).isEqualTo(Reply.refused("person_missing"));
    }

    @Test
    void aSilentGovernorIsToldAgainAndPeopleArePagedLessAndLessOften() {
        tell(new SetMode("p1", Mode.PAUSED));
        List<Integer> paged = new ArrayList<>();
        for (int attempt = 1; attempt <= 20; attempt++) {
            assertThat(ops.pending(state)).contains(sent(attempt, Mode.PAUSED));
            now = now.plus(PATIENCE);
            tell(new Tick());
            if (state.page().isPresent() && state.page().get().sequence() == attempt) {
                paged.add(attempt);
            }
        }
        assertThat(paged).containsExactly(1, 2, 4, 8, 16);
        assertThat(ops.pending(state)).containsExactly(sent(21, Mode.PAUSED));
        acknowledge();
        assertThat(ops.deadline(state)).isEmpty();
    }

    @Test
    void aPageEndsWhenTakenRefusedOrLate() {
        tell(new SetMode("p1", Mode.PAUSED));
        tickAtDeadline();
        var page = ops.pending(state).get(1);
        assertThat(page)
                .isEqualTo(new Effect.Notify(
                        "ops/main/page/1",
                        "on-call",
                        "The safety governor has not acknowledged the mode PAUSED; trying again"));
        acknowledge();
        assertThat(ops.pending(state)).isEmpty();
        tell(new SetMode("p1", Mode.FULL));
        tickAtDeadline();
        String id = ops.pending(state).get(1).id();
        tell(new Settle(id, new Outcome.Unknown("?")));
        assertThat(state.page()).isPresent();
        tell(new Settle(id, new Outcome.Failed("no_such_receiver", false)));
        assertThat(state.page()).isEmpty();
        assertThat(journal).contains(new OpsEvent.PageClosed(T0.plus(PATIENCE), 1, true));
        assertThat(journal.get(journal.size() - 1)).isEqualTo(new OpsEvent.PageClosed(now, 3, false));
        tickAtDeadline();
        tell(new Settle(ops.pending(state).get(0).id(), Outcome.DONE));
        tickAtDeadline();
        assertThat(state.page()).isEmpty();
        assertThat(ops.deadline(state)).isEmpty();
    }

    @Test
    void aLaterModeDoesNotWaitForTheOneInFlight() {
        tell(new SetMode("p1", Mode.FULL));
        now = now.plusSeconds(1);
        tell(new SetMode("p1", Mode.PAUSED));
        assertThat(ops.pending(state)).containsExactly(sent(1, Mode.FULL), sent(2, Mode.PAUSED));
        tickAtDeadline(); // the first was overtaken: nobody is told, nothing is made anew
        assertThat(ops.pending(state)).containsExactly(sent(2, Mode.PAUSED));
        acknowledge();
        assertThat(ops.pending(state)).isEmpty();
    }

    @Test
    void anAcknowledgementOfAnOvertakenModeChangesNothingElse() {
        tell(new SetMode("p1", Mode.FULL));
        tell(new SetMode("p1", Mode.PAUSED));
        tell(new Settle("ops/main/mode/1", Outcome.DONE));
        assertThat(ops.pending(state)).containsExactly(sent(2, Mode.PAUSED));
    }

    @Test
    void changesBeyondTheBoundAreAnnouncedOnceOneEnds() {
        for (int i = 0; i < OpsState.AWAITED_MAX; i++) {
            tell(new SetMode("p1", i % 2 == 0 ? Mode.LOW_RISK : Mode.FULL));
        }
        assertThat(override(Duration.ofHours(1))).isEqualTo(Reply.DONE);
        assertThat(state.effectiveMode()).isEqualTo(Mode.PAUSED);
        assertThat(ops.pending(state)).hasSize(OpsState.AWAITED_MAX);
        tell(new Settle("ops/main/mode/8", Outcome.DONE));
        assertThat(ops.pending(state)).hasSize(OpsState.AWAITED_MAX).contains(sent(9, Mode.PAUSED));
        tell(new Resume("p1"));
        tell(new Resume("p1"));
        assertThat(ops.pending(state)).hasSize(OpsState.AWAITED_MAX);
        tickAtDeadline(); // eight lapse, of which the last is made anew, for the mode that now holds
        assertThat(ops.pending(state)).contains(sent(10, Mode.FULL));
        assertThat(state.awaited().get(10L)).extracting(a -> a.attempt()).isEqualTo(1);
    }

    @Test
    void anOverrideNeedsAPersonASecondFactorAReasonAndAnEnd() {
        var until = now.plus(Duration.ofHours(4));
        assertThat(tell(new OverrideAutomation("", "x", true, until))).isEqualTo(Reply.refused("person_missing"));
        assertThat(tell(new OverrideAutomation("p1", "x", false, until))).isEqualTo(Reply.refused("mfa_required"));
        assertThat(tell(new OverrideAutomation("p1", " ", true, until)))
                .isEqualTo(Reply.refused("justification_missing"));
        String most = "x".repeat(OpsCenterAgent.JUSTIFICATION_MAX);
        assertThat(tell(new OverrideAutomation("p1", most + "x", true, until)))
                .isEqualTo(Reply.refused("justification_too_long"));
        assertThat(tell(new OverrideAutomation("p1", "x", true, now))).isEqualTo(Reply.refused("too_late"));
        assertThat(tell(new OverrideAutomation("p1", "x", true, until.plusNanos(1))))
                .isEqualTo(Reply.refused("override_too_long", new OpsAnswer.LatestUntil(until)));
        assertThat(journal).isEmpty();
        assertThat(tell(new OverrideAutomation("p1", most, true, until))).isEqualTo(Reply.DONE);
        assertThat(state.effectiveMode()).isEqualTo(Mode.PAUSED);
    }

    @Test
    void anOverridePausesUntilItsTimeAndTheEarlierModeComesBack() {
        tell(new SetMode("p1", Mode.FULL));
        acknowledge();
        override(Duration.ofHours(1));
        assertThat(ops.pending(state)).containsExactly(sent(2, Mode.PAUSED));
        acknowledge();
        now = now.plus(Duration.ofHours(1)).minusNanos(1);
        tell(new Tick());
        assertThat(state.effectiveMode()).isEqualTo(Mode.PAUSED);
        tickAtDeadline();
        assertThat(state.effectiveMode()).isEqualTo(Mode.FULL);
        assertThat(ops.pending(state)).containsExactly(sent(3, Mode.FULL));
        assertThat(journal.get(journal.size() - 1)).isInstanceOf(OpsEvent.OverrideEnded.class);
    }

    @Test
    void aModeSetDuringAnOverrideComesAfterIt() {
        override(Duration.ofHours(1));
        acknowledge();
        tell(new SetMode("p2", Mode.LOW_RISK));
        assertThat(ops.pending(state)).isEmpty();
        assertThat(tell(new Resume(" "))).isEqualTo(Reply.refused("person_missing"));
        tell(new Resume("p2"));
        assertThat(ops.pending(state)).containsExactly(sent(2, Mode.LOW_RISK));
    }

    @Test
    void anOverrideOfWhatIsPausedChangesNothingButIsCounted() {
        tell(new SetMode("p1", Mode.PAUSED));
        acknowledge();
        override(Duration.ofHours(1));
        assertThat(ops.pending(state)).isEmpty();
        tell(new Resume("p1"));
        assertThat(ops.pending(state)).isEmpty();
        assertThat(state.effectiveMode()).isEqualTo(Mode.PAUSED);
        assertThat(state.ledger().count(Intervention.OVERRIDDEN)).isOne();
    }

    @Test
    void anOverrideIsOnlyProlonged() {
        override(Duration.ofHours(2));
        override(Duration.ofHours(2)); // a repeat
        override(Duration.ofHours(1));
        assertThat(state.ledger().total()).isOne();
        override(Duration.ofHours(3));
        assertThat(state.ledger().count(Intervention.OVERRIDDEN)).isEqualTo(2);
        assertThat(state.override().orElseThrow().until()).isEqualTo(T0.plus(Duration.ofHours(3)));
        assertThat(state.awaited()).hasSize(1);
    }

    @Test
    void theLedgerCountsEachInterventionOnce() {
        tell(new RecordIntervention("d1", Intervention.APPROVED));
        tell(new RecordIntervention("d1", Intervention.APPROVED));
        tell(new RecordIntervention("d1", Intervention.ESCALATED));
        tell(new RecordIntervention("d2", Intervention.APPROVED));
        assertThat(state.ledger().count(Intervention.APPROVED)).isEqualTo(2);
        assertThat(state.ledger().count(Intervention.ESCALATED)).isEqualTo(1);
        assertThat(state.ledger().count(Intervention.DECLINED)).isZero();
        assertThat(state.ledger().total()).isEqualTo(3);
    }

    @Test
    void theLedgerRemembersSoManyAndNoMore() {
        for (int i = 0; i < Ledger.REMEMBERED_MAX; i++) {
            tell(new RecordIntervention("d" + i, Intervention.APPROVED));
        }
        tell(new RecordIntervention("d0", Intervention.APPROVED));
        assertThat(state.ledger().total()).isEqualTo(Ledger.REMEMBERED_MAX);
        tell(new RecordIntervention("more", Intervention.APPROVED));
        assertThat(state.ledger().seen()).hasSize(Ledger.REMEMBERED_MAX);
        assertThat(state.ledger().order()).hasSize(Ledger.REMEMBERED_MAX);
        tell(new RecordIntervention("d1", Intervention.APPROVED));
        assertThat(state.ledger().total()).isEqualTo(Ledger.REMEMBERED_MAX + 1);
        tell(new RecordIntervention("d0", Intervention.APPROVED));
        assertThat(state.ledger().total()).isEqualTo(Ledger.REMEMBERED_MAX + 2);
    }

    @Test
    void everyCommandIsHandled() {
        Set<Class<?>> seen = new HashSet<>();
        for (var command : List.of(
                new SetMode("p1", Mode.FULL),
                new OverrideAutomation("p1", "x", true, now.plusSeconds(1)),
                new Resume("p1"),
                new Settle("ops/main/mode/1", Outcome.DONE),
                new Tick())) {
            seen.add(command.getClass());
            assertThat(tell(command)).isEqualTo(Reply.DONE);
        }
        assertThat(seen).containsExactlyInAnyOrder(OpsCommand.class.getPermittedSubclasses());
        assertThat(tell(new Stranger())).isEqualTo(Reply.refused("unknown_command"));
        assertThat(ops.settle("x", Outcome.DONE)).isEqualTo(new Settle("x", Outcome.DONE));
    }

    private record Stranger() implements Command {}

    @Test
    void policyIsChecked() {
        Duration none = Duration.ZERO;
        Duration some = Duration.ofNanos(1);
        assertThat(new OpsPolicy(some, some).patience()).isEqualTo(some);
        assertThatThrownBy(() -> new OpsPolicy(none, some)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpsPolicy(some, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpsPolicy(some.negated(), some)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpsPolicy(some, some.negated())).isInstanceOf(IllegalArgumentException.class);
    }
}
