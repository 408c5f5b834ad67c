package io.novacron.zeroops.agents.provisioning;

import static io.novacron.zeroops.agents.decision.ActionClass.DELETE_VM;
import static io.novacron.zeroops.agents.decision.ActionClass.SNAPSHOT_VM;
import static io.novacron.zeroops.agents.decision.ActionClass.START_VM;
import static io.novacron.zeroops.agents.decision.ActionClass.STOP_VM;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Settle;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Tick;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.FindingDropped;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.WokenByOthers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProvisionerAgentTest {
    private final PoolDesk desk = new PoolDesk();

    @Test
    void whatIsIdleIsStoppedCopiedAndDeletedAfterItsGrace() {
        desk.idle("1");
        OpenProposal stop = desk.vm("1").open().orElseThrow();
        assertThat(desk.agent.pending(desk.state))
                .containsExactly(
                        new Effect.Send("pool/dev/1/open/1", "decision/pool/dev/1", new Open(stop.proposal())));
        assertThat(stop.proposal().cause()).isEqualTo("idle");
        assertThat(stop.proposal().action().delta()).isEqualTo(-1);

        desk.ends("1", Change.End.VERIFIED);
        Instant stoppedAt = desk.now;
        assertThat(desk.proposed()).isEqualTo(Map.of("1", SNAPSHOT_VM));
        desk.ends("1", Change.End.VERIFIED);
        assertThat(desk.proposed()).isEmpty();
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(stoppedAt.plus(PoolDesk.GRACE));
        assertThat(desk.proposed()).isEqualTo(Map.of("1", DELETE_VM));
        desk.ends("1", Change.End.VERIFIED);
        assertThat(desk.knows("1")).isFalse();
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
    }

    @Test
    void aVmIsFirstWatched() {
        desk.busy("1");
        desk.after(Duration.ofHours(2));
        desk.quiet(desk.now.minus(Duration.ofHours(1)), "1");
        assertThat(desk.proposed()).isEmpty();
        desk.after(Duration.ofHours(22)); // watched for a day, but this quiet began before: it must last as long
        desk.quiet(PoolDesk.T0.plus(Duration.ofHours(1)), "1");
        assertThat(desk.proposed()).isEmpty();
        desk.after(Duration.ofHours(1));
        desk.quiet(PoolDesk.T0.plus(Duration.ofHours(1)), "1");
        assertThat(desk.proposed()).isEqualTo(Map.of("1", STOP_VM));
    }

    @Test
    void aQuietThatEndedTeachesPatience() {
        desk.busy("1");
        desk.after(Duration.ofDays(2));
        var taught = new Seen(
                "vm/dev-1", Condition.RUNNING, Optional.of(desk.now.minus(Duration.ofHours(5))), Duration.ofHours(3));
        desk.report(taught);
        assertThat(desk.proposed()).isEmpty();
        assertThat(desk.vm("1").longestQuiet()).isEqualTo(Duration.ofHours(3));
        desk.after(Duration.ofHours(1)); // twice three, also where telemetry has forgotten it
        desk.quiet(desk.now.minus(Duration.ofHours(6)), "1");
        assertThat(desk.proposed()).isEqualTo(Map.of("1", STOP_VM));
    }

    @Test
    void aPersonUndoesAStopInsideItsGrace() {
        desk.stopped("1");
        desk.ends("1", Change.End.VERIFIED);
        String token = desk.vm("1").stop().orElseThrow().token();
        assertThat(token).isEqualTo("pool/dev/1");
        desk.after(PoolDesk.GRACE.minusSeconds(1));
        assertThat(desk.tell(new UndoStop("ann", token))).isEqualTo(Reply.DONE);
        assertThat(desk.proposed()).isEqualTo(Map.of("1", START_VM));
        int events = desk.journal.size();
        assertThat(desk.tell(new UndoStop("ann", token))).isEqualTo(Reply.DONE);
        assertThat(desk.journal).hasSize(events);
        desk.ends("1", Change.End.VERIFIED);
        assertThat(desk.vm("1").stop()).isEmpty();
        desk.after(Duration.ofDays(6));
        desk.quiet(desk.now.minus(Duration.ofDays(6)), "1");
        assertThat(desk.proposed()).isEmpty(); // it is left alone for a week
    }

    @Test
    void anUndoWaitsForTheSnapshotUnderWay() {
        desk.stopped("1");
        desk.tell(new UndoStop("ann", "pool/dev/1"));
        assertThat(desk.proposed()).isEqualTo(Map.of("1", SNAPSHOT_VM));
        desk.ends("1", Change.End.NO_EFFECT);
        desk.tickAtDeadline();
        assertThat(desk.proposed()).isEqualTo(Map.of("1", START_VM));
    }

    @Test
    void anUndoThatFailsIsTriedAgain() {
        desk.stopped("1");
        desk.ends("1", Change.End.VERIFIED);
        desk.tell(new UndoStop("ann", "pool/dev/1"));
        desk.ends("1", Change.End.NO_EFFECT);
        assertThat(desk.proposed()).isEmpty();
        desk.tickAtDeadline();
        assertThat(desk.proposed()).isEqualTo(Map.of("1", START_VM));
    }

    @Test
    void whatCannotBeUndoneIsRefused() {
        desk.stopped("1");
        desk.ends("1", Change.End.VERIFIED);
        assertThat(desk.tell(new UndoStop(" ", "pool/dev/1"))).isEqualTo(Reply.refused("person_missing"));
        assertThat(desk.tell(new UndoStop("ann", "pool/dev/2"))).isEqualTo(Reply.refused("unknown_token"));
        desk.tickAtDeadline();
        assertThat(desk.tell(new UndoStop("ann", "pool/dev/1"))).isEqualTo(Reply.refused("grace_over"));
    }

    @Test
    void whatCameWithAnAnomalyAndDoesNothingIsStoppedAtOnce() {
        desk.busy("old", "used");
        desk.after(Duration.ofHours(10));
        desk.busy("new", "late");
        Instant came = desk.now;
        desk.after(Duration.ofMinutes(1));
        desk.anomaly("a1", 4);
        desk.quiet(came, "new", "old");
        assertThat(desk.proposed()).isEmpty(); // not for long enough
        desk.after(Duration.ofMinutes(1));
        desk.quiet(came, "new", "old");
        desk.busy("used");
        desk.quiet(came.plus(Duration.ofMinutes(3)), "late"); // it did something after it had booted
        assertThat(desk.proposed()).isEqualTo(Map.of("new", STOP_VM));
        assertThat(desk.vm("new").open().orElseThrow().proposal().cause()).isEqualTo("spend_anomaly/a1");
    }

    @Test
    void tooFewToExplainAnAnomalyHaveNothingToDoWithIt() {
        desk.busy("v0", "v1");
        desk.anomaly("a1", 12); // a quarter of it is three VMs
        desk.after(Duration.ofMinutes(5));
        desk.quiet(PoolDesk.T0, "v0", "v1");
        assertThat(desk.proposed()).isEmpty();
        desk.busy("v2");
        desk.after(Duration.ofMinutes(5));
        desk.report(
                PoolDesk.seen("v0", Condition.RUNNING, Optional.of(PoolDesk.T0)),
                PoolDesk.seen("v1", Condition.RUNNING, Optional.of(PoolDesk.T0)),
                PoolDesk.seen("v2", Condition.RUNNING, Optional.of(desk.now.minus(Duration.ofMinutes(5)))));
        assertThat(desk.proposed()).containsOnlyKeys("v0", "v1", "v2");
    }

    @Test
    void thoseThatComeWhileItIsFoundCountWithThoseBefore() {
        desk.busy("v0", "v1", "v2");
        desk.anomaly("a1", 12);
        desk.after(Duration.ofMinutes(5));
        desk.quiet(PoolDesk.T0, "v0", "v1", "v2");
        assertThat(desk.proposed()).containsOnlyKeys("v0", "v1", "v2");
        desk.busy("later");
        desk.after(Duration.ofMinutes(5));
        desk.anomaly("a1", 100); // a repeat: nothing is suspected anew
        desk.quiet(desk.now.minus(Duration.ofMinutes(5)), "later");
        assertThat(desk.proposed()).containsOnlyKeys("v0", "v1", "v2", "later");
    }

    @Test
    void suspicionEnds() {
        desk.busy("1");
        desk.anomaly("a1", 1);
        desk.after(Duration.ofHours(1));
        desk.quiet(PoolDesk.T0, "1");
        assertThat(desk.proposed()).isEmpty();
    }

    @Test
    void soManyAreStoppedAtOnceAndTheOthersFollow() {
        String[] all = IntStream.range(0, 7).mapToObj(i -> "v" + i).toArray(String[]::new);
        desk.idle(all);
        assertThat(desk.proposed()).hasSize(PoolPolicy.CHANGES_AT_ONCE);
        String first = desk.proposed().keySet().iterator().next();
        desk.ends(first, Change.End.VERIFIED);
        assertThat(desk.open(STOP_VM)).hasSize(PoolPolicy.CHANGES_AT_ONCE);
        assertThat(desk.open(SNAPSHOT_VM)).hasSize(1);
    }

    @Test
    void whatIsUsedAgainBeforeItsTurnIsNotStopped() {
        String[] all = IntStream.range(0, 6).mapToObj(i -> "v" + i).toArray(String[]::new);
        desk.idle(all);
        desk.busy("v5");
        assertThat(desk.journal).contains(new FindingDropped(desk.now, "vm/dev-v5", "active_again"));
        desk.ends("v0", Change.End.VERIFIED);
        assertThat(desk.proposed()).doesNotContainKey("v5");
    }

    @Test
    void whatWaitedTooLongIsFoundAnew() {
        String[] all = IntStream.range(0, 6).mapToObj(i -> "v" + i).toArray(String[]::new);
        desk.idle(all);
        desk.after(ChangePlan.FINDING_VALID);
        desk.ends("v0", Change.End.VERIFIED);
        assertThat(desk.journal).contains(new FindingDropped(desk.now, "vm/dev-v5", "not_acted_on_in_time"));
    }

    @Test
    void whatSomebodyElseStartedIsWatchedAgainAndHasTaught() {
        desk.stopped("1");
        desk.ends("1", Change.End.VERIFIED);
        desk.report(PoolDesk.seen("1", Condition.RUNNING, Optional.empty())); // as old as the stop
        assertThat(desk.vm("1").stop()).isPresent();
        desk.after(Duration.ofHours(5));
        desk.busy("1");
        assertThat(desk.journal).contains(new WokenByOthers(desk.now, "vm/dev-1", Duration.ofHours(6)));
        assertThat(desk.vm("1").stop()).isEmpty();
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.End.class,
            names = {"VERIFIED"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatCouldNotBeStoppedRestsForAnHour(Change.End end) {
        desk.idle("1");
        Instant since = desk.now.minus(Duration.ofHours(1));
        desk.ends("1", end);
        assertThat(desk.vm("1").stop()).isEmpty();
        desk.after(Duration.ofMinutes(59));
        desk.quiet(since, "1");
        assertThat(desk.proposed()).isEmpty();
        desk.after(Duration.ofMinutes(1));
        desk.quiet(since, "1");
        assertThat(desk.proposed()).isEqualTo(Map.of("1", STOP_VM));
    }

    @Test
    void whatWasRefusedForAReasonThatPassesIsTriedAgainSoon() {
        desk.idle("1");
        Instant since = desk.now.minus(Duration.ofHours(1));
        desk.tell(new DecisionEnded(
                "pool/dev/1", Verdict.REJECTED, "lifecycle", new Change.Ended(Change.End.NO_EFFECT, 1, "")));
        desk.after(PoolPolicy.REST);
        desk.quiet(since, "1");
        assertThat(desk.proposed()).isEqualTo(Map.of("1", STOP_VM));
    }

    @Test
    void whatFailsWithoutAnybodysReportIsTriedAgainSeldom() {
        desk.stopped("1");
        Instant refusedAt = desk.now;
        desk.tell(new DecisionEnded(
                "pool/dev/2", Verdict.REJECTED, "lifecycle", new Change.Ended(Change.End.NO_EFFECT, 0, "")));
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(refusedAt.plus(PoolPolicy.REST.multipliedBy(ProvisionerAgent.RESTS)));
        assertThat(desk.proposed()).isEqualTo(Map.of("1", SNAPSHOT_VM));
    }

    @Test
    void ofAnAnomalyItIsTriedAgainSoon() {
        desk.busy("1");
        desk.anomaly("a1", 4);
        desk.after(Duration.ofMinutes(2));
        desk.quiet(PoolDesk.T0, "1");
        desk.ends("1", Change.End.NO_EFFECT);
        desk.after(PoolPolicy.REST);
        desk.quiet(PoolDesk.T0, "1");
        assertThat(desk.proposed()).isEqualTo(Map.of("1", STOP_VM));
    }

    @Test
    void aSilentDecisionIsAskedAgainAndAtLastGivenUp() {
        desk.idle("1");
        String effect = desk.agent.pending(desk.state).get(0).id();
        assertThat(desk.tell(new Settle(effect, new Outcome.Succeeded(new Progress.Pending()))))
                .isEqualTo(Reply.DONE);
        assertThat(desk.agent.pending(desk.state)).isEmpty();
        assertThat(desk.tell(new Settle(effect, Outcome.DONE))).isEqualTo(Reply.refused("not_pending"));
        desk.tickAtDeadline();
        assertThat(desk.agent.pending(desk.state).get(0).id()).isEqualTo("pool/dev/1/open/2");
        for (int ask = 2; ask <= OpenProposal.ASKS_MAX; ask++) {
            desk.tickAtDeadline();
        }
        assertThat(desk.proposed()).isEmpty();
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
    }

    @Test
    void aDecisionThatHasEndedOrWillNotHearSaysSoAtOnce() {
        desk.idle("1", "2");
        List<Effect> pending = desk.agent.pending(desk.state);
        var verified = new Change.Ended(Change.End.VERIFIED, 0, "");
        desk.tell(new Settle(
                pending.get(0).id(), new Outcome.Succeeded(new Progress.Ended(Verdict.APPROVED, "", verified))));
        assertThat(desk.vm("1").stop()).isPresent();
        desk.tell(new Settle(pending.get(1).id(), new Outcome.Failed("busy", true)));
        assertThat(desk.vm("2").open()).isPresent();
        desk.tell(new Settle(pending.get(1).id(), new Outcome.Failed("proposal_expired", false)));
        assertThat(desk.vm("2").open()).isEmpty();
    }

    @Test
    void whatTheProviderHasNoMoreIsForgotten() {
        desk.busy("1");
        desk.report(PoolDesk.seen("1", Condition.ABSENT, Optional.empty()));
        assertThat(desk.knows("1")).isFalse();
        desk.report(PoolDesk.seen("2", Condition.STOPPED, Optional.empty()));
        assertThat(desk.knows("2")).isFalse(); // stopped by somebody else: it costs nothing
    }

    @Test
    void reportsAreBounded() {
        assertThat(desk.report(new Seen("vm/web-1", Condition.RUNNING, Optional.empty(), Duration.ZERO)))
                .isEqualTo(Reply.refused("vm_of_another_pool"));
        List<Seen> many = IntStream.rangeClosed(0, ProvisionerCommand.REPORT_MAX)
                .mapToObj(i -> PoolDesk.seen("" + i, Condition.RUNNING, Optional.empty()))
                .toList();
        assertThat(desk.tell(new ReportVms(desk.now, many))).isEqualTo(Reply.refused("report_too_large"));
        for (int page = 0; page < 11; page++) {
            int from = page * ProvisionerCommand.REPORT_MAX;
            List<Seen> seen = IntStream.range(from, from + ProvisionerCommand.REPORT_MAX)
                    .mapToObj(i -> PoolDesk.seen("" + i, Condition.RUNNING, Optional.empty()))
                    .toList();
            assertThat(desk.tell(new ReportVms(desk.now, seen)))
                    .isEqualTo(page < 10 ? Reply.DONE : Reply.refused("pool_full"));
        }
        assertThat(desk.state.vms()).hasSize(ProvisionerState.VMS_MAX);
    }

    @Test
    void everyCommandIsUnderstood() {
        List<Class<?>> told = new ArrayList<>();
        for (Command command : List.of(
                new ReportVms(desk.now, List.of()),
                new UndoStop("ann", "x"),
                new Settle("x", Outcome.DONE),
                new Tick())) {
            assertThat(desk.tell(command)).isNotEqualTo(Reply.refused("unknown_command"));
            told.add(command.getClass());
        }
        assertThat(told).containsExactlyInAnyOrder(ProvisionerCommand.class.getPermittedSubclasses());
        assertThat(desk.tell(new Command() {})).isEqualTo(Reply.refused("unknown_command"));
    }
}
