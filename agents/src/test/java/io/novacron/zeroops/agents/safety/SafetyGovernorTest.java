package io.novacron.zeroops.agents.safety;

import static io.novacron.zeroops.agents.safety.Desk.scale;
import static io.novacron.zeroops.agents.safety.Desk.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Expiries.Expiry;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.agents.safety.SafetyCommand.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SafetyGovernorTest {
    private static final long MIB = 1 << 20;
    private Desk<SafetyEvent, SafetyState> desk = new Desk<>(new SafetyGovernor(limits(5, 20, 40, 10 * MIB)));
    private long sequence;

    SafetyGovernorTest() {
        mode(Mode.FULL);
    }

    static SafetyConstraints limits(int rate, int vms, int dollarsPerHour, long bytes) {
        return new SafetyConstraints(
                Money.ZERO,
                vms,
                bytes,
                rate,
                200,
                50,
                true,
                false,
                true,
                Money.dollars(dollarsPerHour),
                BusinessHours.DEFAULTS,
                List.of("canary"));
    }

    private void governedBy(SafetyConstraints constraints) {
        desk = new Desk<>(new SafetyGovernor(constraints));
        mode(Mode.FULL);
    }

    private void mode(Mode mode) {
        assertThat(desk.tell(new ApplyMode(new Origin("ops", ++sequence), mode)))
                .isEqualTo(Reply.DONE);
    }

    @AfterEach
    void noLimitIsExceeded() {
        assertThat(desk.state.violations()).isEmpty();
    }

    private static String constraint(Answer answer) {
        assertThat(answer).isInstanceOf(Vote.Reject.class);
        return ((Vote.Reject) answer).constraint();
    }

    private static void assertCounter(Answer answer, int to, String constraint) {
        assertThat(answer).isInstanceOf(Vote.Counter.class);
        assertThat(((Vote.Counter) answer).to()).isEqualTo(to);
        assertThat(((Vote.Counter) answer).constraint()).isEqualTo(constraint);
    }

    @Test
    void startsByObserving() {
        desk = new Desk<>(new SafetyGovernor(SafetyConstraints.DEFAULTS));
        assertThat(constraint(desk.hold("d", scale("w", 1, 2)))).isEqualTo("mode_observe");
        assertThat(desk.journal).isEmpty();
    }

    @Test
    void modesLetPassWhatTheyShould() {
        var risky = vm(ActionClass.STOP_VM, "vm/1", "eu", 1, 0);
        mode(Mode.PAUSED);
        assertThat(constraint(desk.hold("a", scale("w", 1, 2), Priority.P0))).isEqualTo("mode_paused");
        mode(Mode.LOW_RISK);
        assertThat(constraint(desk.hold("b", risky))).isEqualTo("mode_low_risk");
        assertThat(desk.hold("c", scale("w", 1, 2))).isEqualTo(Vote.ACCEPT);
        mode(Mode.FULL);
        assertThat(desk.hold("d", risky)).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void aModeLetsGoOfWhatItDoesNotPermitButNotOfWhatIsFirm() {
        desk.hold("risky", vm(ActionClass.STOP_VM, "vm/1", "eu", 1, 0));
        desk.hold("tame", scale("w", 1, 2));
        desk.hold("firm", scale("v", 1, 2));
        desk.confirm("firm");
        mode(Mode.LOW_RISK);
        assertThat(desk.confirm("risky")).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.usage().granted()).extracting(Expiry::id).containsExactlyInAnyOrder("tame", "firm");
        mode(Mode.PAUSED);
        assertThat(desk.confirm("tame")).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.confirm("firm")).isEqualTo(Reply.DONE);
        assertThat(desk.state.holds().open()).containsOnlyKeys("firm");
    }

    /** Else it would lease what is left now, and its decision, that knows of more, confirm it. */
    @Test
    void aLateRepeatOfWhatAModeLetGoIsRefused() {
        desk.hold("a", scale("w", 10, 25));
        mode(Mode.PAUSED);
        mode(Mode.FULL);
        desk.hold("b", scale("v", 10, 20));
        var repeat = new ReviewCommand.Hold("a", scale("w", 10, 25), Priority.P2, Desk.T0.plus(Desk.PATIENCE));
        assertThat(desk.tell(repeat)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.confirm("a")).isEqualTo(Reply.refused("not_held"));
        desk.tickAtDeadline();
        assertThat(desk.state.holds().ended().size()).isZero();
        assertThat(desk.tell(repeat)).isEqualTo(Reply.refused("too_late"));
    }

    @Test
    void anOvertakenModeIsNotApplied() {
        desk.tell(new ApplyMode(new Origin("ops", 10), Mode.PAUSED));
        assertThat(desk.tell(new ApplyMode(new Origin("ops", 9), Mode.FULL))).isEqualTo(Reply.DONE);
        assertThat(desk.tell(new ApplyMode(new Origin("ops", 10), Mode.FULL))).isEqualTo(Reply.DONE);
        assertThat(desk.state.mode()).isEqualTo(Mode.PAUSED);
    }

    @Test
    void grantsAsManyAsTheRateAllowsInAnyMinute() {
        var restart = vm(ActionClass.RESTART_VM, "vm/1", "eu", 1, 1);
        for (int i = 0; i < 5; i++) {
            desk.carryOut("d" + i, restart, 0);
            desk.pass(Duration.ofSeconds(1));
        }
        assertThat(constraint(desk.hold("e", restart, Priority.P0))).isEqualTo("rate_limit_actions");
        desk.pass(Duration.ofSeconds(55).minusNanos(1));
        assertThat(constraint(desk.hold("f", restart))).isEqualTo("rate_limit_actions");
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.hold("g", restart)).isEqualTo(Vote.ACCEPT);
        assertThat(constraint(desk.hold("h", restart))).isEqualTo("rate_limit_actions");
        assertThat(desk.state.usage().granted()).hasSize(5);
    }

    @Test
    void whatCameToNothingDoesNotCountAgainstTheRate() {
        var restart = vm(ActionClass.RESTART_VM, "vm/1", "eu", 1, 1);
        for (int i = 0; i < 5; i++) {
            desk.hold("d" + i, restart);
        }
        desk.end("d0", 0);
        assertThat(desk.hold("e", restart)).isEqualTo(Vote.ACCEPT);
        assertThat(constraint(desk.hold("f", restart))).isEqualTo("rate_limit_actions");
        desk.pass(Desk.PATIENCE);
        assertThat(desk.hold("g", restart)).isEqualTo(Vote.ACCEPT); // all lapsed, though no tick said so yet
        assertThat(desk.state.usage().granted()).extracting(Expiry::id).containsExactly("g");
    }

    @Test
    void growsToThreeTimesTheLowestInFiveMinutes() {
        governedBy(limits(100, 1000, 1000, 0));
        desk.carryOut("a", scale("w", 10, 30), 20);
        desk.pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(constraint(desk.hold("b", scale("w", 30, 31)))).isEqualTo("max_scale_up_percent");
        desk.pass(Duration.ofNanos(1));
        assertCounter(desk.hold("c", scale("w", 30, 91)), 90, "max_scale_up_percent");
        assertThat(desk.state.holds().get("c").orElseThrow().action().to()).isEqualTo(90);
    }

    @Test
    void theLevelInForceWhenTheWindowBeganCounts() {
        governedBy(limits(100, 1000, 1000, 0));
        desk.carryOut("a", scale("w", 10, 11), 1);
        desk.pass(Duration.ofMinutes(4));
        desk.carryOut("b", scale("w", 11, 30), 19);
        desk.pass(Duration.ofMinutes(2)); // 11 was in force 5 minutes ago
        assertCounter(desk.hold("c", scale("w", 30, 40)), 33, "max_scale_up_percent");
    }

    @Test
    void nothingGrowsAsIfItWereOne() {
        assertCounter(desk.hold("a", scale("w", 0, 4)), 3, "max_scale_up_percent");
        assertThat(desk.hold("b", scale("v", 0, 3))).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void shrinksToHalfTheHighestInFiveMinutes() {
        assertCounter(desk.hold("a", scale("w", 11, 4)), 5, "max_scale_down_percent");
        desk.confirm("a");
        desk.end("a", 6);
        assertThat(constraint(desk.hold("b", scale("w", 5, 4)))).isEqualTo("max_scale_down_percent");
        desk.pass(Duration.ofMinutes(5));
        assertThat(desk.hold("c", scale("w", 5, 2))).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void promisesTheOtherWayAreReckonedWith() {
        desk.hold("in", scale("w", 10, 5));
        assertThat(constraint(desk.hold("out", scale("w", 10, 16)))).isEqualTo("max_scale_down_percent");
        assertThat(desk.hold("fits", scale("w", 10, 11))).isEqualTo(Vote.ACCEPT); // 5 is half of 11, rounded down
        desk.end("fits", 0);
        assertThat(constraint(desk.hold("breaks", scale("w", 10, 12)))).isEqualTo("max_scale_down_percent");
        assertThat(desk.hold("elsewhere", scale("v", 10, 12))).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void growthAlreadyPromisedIsReckonedWithWhenShrinking() {
        desk.hold("out", scale("w", 6, 18));
        assertThat(constraint(desk.hold("a", scale("w", 6, 5)))).isEqualTo("max_scale_down_percent");
        governedBy(limits(100, 100, 100, 0));
        desk.hold("out", scale("w", 6, 12));
        assertThat(constraint(desk.hold("b", scale("w", 4, 3)))).isEqualTo("max_scale_down_percent");
        desk.end("out", 0);
        desk.hold("out2", scale("w", 6, 9));
        assertThat(constraint(desk.hold("c", scale("w", 2, 3)))).isEqualTo("max_scale_up_percent");
    }

    @Test
    void countsVmsUntilTheyAreTakenAway() {
        desk.carryOut("a", scale("w", 10, 25), 12);
        desk.carryOut("b", vm(ActionClass.START_VM, "vm/1", "eu", 0, 1), 1);
        assertCounter(desk.hold("c", scale("v", 10, 18)), 17, "max_vms_auto_provisioned");
        assertThat(constraint(desk.hold("d", scale("v", 17, 18)))).isEqualTo("max_vms_auto_provisioned");
        desk.confirm("c");
        desk.end("c", 0);
        assertThat(desk.state.vmsUsed()).isEqualTo(13);
        desk.carryOut("e", vm(ActionClass.STOP_VM, "vm/1", "eu", 1, 0), 1);
        desk.pass(Duration.ofMinutes(6));
        desk.carryOut("f", scale("w", 22, 12), 5);
        assertThat(desk.state.vmsUsed()).isEqualTo(7);
        assertThat(desk.state.perHourUsed()).isEqualTo(Money.dollars(7));
        assertThat(desk.hold("g", scale("v", 10, 23))).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void takingAwayWhatNobodyAddedGivesNoCredit() {
        desk.carryOut("a", scale("w", 20, 10), 10);
        desk.carryOut("b", vm(ActionClass.STOP_VM, "vm/9", "eu", 1, 0), 1);
        assertThat(desk.state.vmsUsed()).isZero();
        assertThat(desk.state.usage().resources()).doesNotContainKey("vm/9");
        assertCounter(desk.hold("c", scale("v", 20, 41)), 40, "max_vms_auto_provisioned");
    }

    @Test
    void whatWasTakenAwayBeforeItWasReportedCancelsOut() {
        desk.hold("out", scale("w", 10, 15));
        desk.confirm("out");
        desk.carryOut("in", scale("w", 15, 12), 3);
        assertThat(desk.state.vmsUsed()).isEqualTo(5);
        desk.end("out", 5);
        assertThat(desk.state.vmsUsed()).isEqualTo(2);
        assertThat(desk.state.perHourUsed()).isEqualTo(Money.dollars(2));
        desk.hold("out2", scale("w", 12, 14));
        desk.confirm("out2");
        desk.carryOut("in2", scale("w", 12, 8), 4);
        desk.end("out2", 0); // so that the 2 beyond were not automation's
        assertThat(desk.state.vmsUsed()).isZero();
        assertThat(desk.state.usage().resources().get("w"))
                .extracting(t -> t.vms())
                .isEqualTo(0);
    }

    @Test
    void countsDollarsPerHourUntilTheyAreTakenAway() {
        var dear = Action.of(ActionClass.SCALE_OUT, "w", "shop", "eu", 10, 14, Money.dollars(7));
        desk.carryOut("a", dear, 4);
        var more = Action.of(ActionClass.SCALE_OUT, "v", "shop", "eu", 10, 15, Money.dollars(4));
        assertCounter(desk.hold("b", more), 13, "max_automated_cost");
        assertThat(desk.state.perHourUsed()).isEqualTo(Money.dollars(40));
        assertThat(constraint(desk.hold("c", scale("u", 1, 2)))).isEqualTo("max_automated_cost");
        var free = Action.of(ActionClass.SCALE_OUT, "u", "shop", "eu", 1, 2, Money.ZERO);
        assertThat(desk.hold("d", free)).isEqualTo(Vote.ACCEPT);
        desk.end("b", 0);
        desk.carryOut("e", scale("w", 14, 13), 1);
        assertThat(desk.state.perHourUsed()).isEqualTo(Money.dollars(21));
    }

    @Test
    void countsDeletedBytesForADay() {
        desk.carryOut("a", delete("vm/1", 6 * MIB), 0);
        assertThat(constraint(desk.hold("b", delete("vm/2", 4 * MIB + 1)))).isEqualTo("max_data_deleted");
        assertThat(desk.hold("c", delete("vm/3", 4 * MIB))).isEqualTo(Vote.ACCEPT);
        assertThat(constraint(desk.hold("d", delete("vm/4", 1)))).isEqualTo("max_data_deleted");
        desk.end("c", 0); // never confirmed
        desk.pass(Duration.ofHours(24));
        assertThat(constraint(desk.hold("e", delete("vm/5", 10 * MIB)))).isEqualTo("max_data_deleted");
        desk.pass(Duration.ofMinutes(1));
        assertThat(desk.hold("f", delete("vm/6", 10 * MIB))).isEqualTo(Vote.ACCEPT);
        desk.confirm("f");
        desk.end("f", 0);
        assertThat(desk.state.usage().deleted()).hasSize(1);
    }

    private static Action delete(String vm, long bytes) {
        return new Action(ActionClass.DELETE_VM, vm, "shop", "eu", 0, 0, Money.ZERO, bytes, "");
    }

    @Test
    void keepsBusinessHoursExceptForP0() {
        var c = SafetyConstraints.DEFAULTS;
        governedBy(new SafetyConstraints(
                c.requireApprovalAbove(),
                9,
                0,
                9,
                200,
                50,
                true,
                true,
                true,
                Money.dollars(9),
                c.businessHours(),
                List.of()));
        assertThat(desk.hold("a", scale("w", 1, 2))).isEqualTo(Vote.ACCEPT);
        desk.pass(Duration.ofHours(5));
        assertThat(constraint(desk.hold("b", scale("w", 1, 2), Priority.P1))).isEqualTo("business_hours_only");
        assertThat(desk.hold("c", scale("w", 1, 2), Priority.P0)).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void aRolloutStartsInACanaryRegion() {
        assertThat(constraint(desk.hold("a", patch("r1", "eu")))).isEqualTo("canary_regions_first");
        desk.carryOut("b", patch("r1", "canary"), 0);
        assertThat(constraint(desk.hold("c", patch("r1", "eu")))).isEqualTo("canary_regions_first");
        desk.carryOut("d", patch("r1", "canary"), 1);
        desk.carryOut("e", patch("r1", "eu"), 1);
        assertThat(constraint(desk.hold("f", patch("r2", "eu")))).isEqualTo("canary_regions_first");
        assertThat(desk.state.usage().proven().instants()).containsOnlyKeys("r1");
    }

    private static Action patch(String rollout, String region) {
        return new Action(ActionClass.START_VM, "vm/" + region, "shop", region, 0, 1, Money.ZERO, 0, rollout);
    }

    @Test
    void remembersTheLatestRollouts() {
        governedBy(limits(10_000, 1000, 10, 0));
        for (int i = 0; i <= Usage.ROLLOUTS_MAX; i++) {
            desk.carryOut("d" + i, patch("r" + i, "canary"), 1);
            desk.pass(Duration.ofSeconds(1));
        }
        assertThat(desk.state.usage().proven().instants())
                .hasSize(Usage.ROLLOUTS_MAX)
                .doesNotContainKey("r0");
    }

    @Test
    void answersRepeatsAlikeAndRefusesWhatIsLateOrOver() {
        var hold = new Hold("d", scale("w", 10, 31), Priority.P2, desk.now.plusSeconds(30));
        Reply first = desk.tell(hold);
        assertThat(desk.tell(hold)).isEqualTo(first);
        assertThat(desk.confirm("d")).isEqualTo(Reply.DONE);
        int written = desk.journal.size();
        assertThat(desk.confirm("d")).isEqualTo(Reply.DONE);
        assertThat(desk.tell(hold)).isEqualTo(first);
        assertThat(desk.journal).hasSize(written);
        desk.tell(new End("d", 20, hold.until()));
        assertThat(desk.tell(new End("d", 20, hold.until()))).isEqualTo(Reply.DONE);
        assertThat(desk.state.vmsUsed()).isEqualTo(20);
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.confirm("d")).isEqualTo(Reply.refused("not_held"));
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(hold.until());
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("too_late"));
        assertThat(desk.tell(new End("d", 20, hold.until()))).isEqualTo(Reply.DONE);
        assertThat(desk.state.holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void aHoldLapsesUnlessConfirmed() {
        desk.hold("a", scale("w", 1, 2));
        desk.hold("b", scale("v", 1, 2));
        desk.confirm("b");
        desk.pass(Desk.PATIENCE.minusNanos(1));
        desk.tell(new Tick());
        assertThat(desk.state.holds().open()).hasSize(2);
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.confirm("a")).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.holds().open()).containsOnlyKeys("b");
        desk.end("b", 1); // after its until: no tombstone is needed
        assertThat(desk.state.holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void anEndThatOvertakesItsHoldKeepsItOut() {
        var hold = new Hold("d", scale("w", 1, 2), Priority.P2, desk.now.plusSeconds(30));
        desk.tell(new End("d", 1, hold.until()));
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.state.vmsUsed()).isZero();
    }

    @Test
    void moreThanWasLeasedIsNotBelieved() {
        desk.carryOut("a", scale("w", 10, 12), 7);
        assertThat(desk.state.vmsUsed()).isEqualTo(2);
        desk.carryOut("b", scale("v", 10, 12), -7);
        assertThat(desk.state.vmsUsed()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoActionOrNoCommandOfIts() {
        var defect = new Hold("d", scale(" ", 1, 2), Priority.P2, desk.now.plusSeconds(30));
        assertThat(desk.tell(defect)).isEqualTo(Reply.refused("action_resource_missing"));
        assertThat(desk.tell(new Stranger())).isEqualTo(Reply.refused("unknown_command"));
    }

    private record Stranger() implements Command {}

    @Test
    void loweringALimitTakesNothingBackAndIsNoViolation() {
        desk.carryOut("a", scale("w", 10, 20), 10);
        desk.hold("open", scale("v", 1, 3));
        var state = desk.state;
        desk = new Desk<>(new SafetyGovernor(limits(5, 4, 4, 0)));
        desk.state = state;
        assertThat(constraint(desk.hold("b", scale("u", 1, 2)))).isEqualTo("max_vms_auto_provisioned");
        desk.carryOut("c", scale("w", 20, 19), 1);
        assertThat(desk.state.vmsUsed()).isEqualTo(11);
    }

    @Test
    void everyCommandIsHandled() {
        Set<Class<?>> seen = new HashSet<>();
        for (var command : List.of(new ApplyMode(new Origin("ops", 99), Mode.FULL), new Tick())) {
            seen.add(command.getClass());
            assertThat(desk.tell(command).accepted()).isTrue();
        }
        assertThat(seen).containsExactlyInAnyOrder(SafetyCommand.class.getPermittedSubclasses());
        assertThat(desk.tell(new Confirm("x"))).isEqualTo(Reply.refused("not_held"));
        assertThat(new SafetyGovernor(SafetyConstraints.DEFAULTS).settle("", Outcome.DONE))
                .isEqualTo(new Tick());
    }

    @Test
    void aBrokenStateIsFoundOut() {
        var over = new Holds.Entry(scale("w", 10, 31), Priority.P2, Vote.ACCEPT, false, Instant.MAX);
        var under = new Holds.Entry(scale("w", 10, 4), Priority.P2, Vote.ACCEPT, false, Instant.MAX);
        var gone = new Holds.Entry(delete("vm/1", 2), Priority.P2, Vote.ACCEPT, false, Instant.MAX);
        var limits = new Limits(2, 20, Money.dollars(20), 1, 200, 50);
        var state = SafetyState.INITIAL
                .leased(Desk.T0, "a", over, limits)
                .leased(Desk.T0, "b", under, limits)
                .leased(Desk.T0, "c", gone, limits);
        assertThat(state.violations())
                .containsExactly(
                        "rate_limit_actions: 3 of 2",
                        "max_vms_auto_provisioned: 21 of 20",
                        "max_data_deleted: 2 of 1",
                        "max_automated_cost: $21 of $20",
                        "max_scale_up_percent: 31 of 30",
                        "max_scale_down_percent: 5 of 4");
    }
}
