package io.novacron.zeroops.agents.safety;

import static io.novacron.zeroops.agents.safety.Desk.T0;
import static io.novacron.zeroops.agents.safety.Desk.scale;
import static io.novacron.zeroops.agents.safety.Desk.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Expiries.Expiry;
import io.novacron.zeroops.agents.core.Heard;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.SafetyCommand.Tick;
import io.novacron.zeroops.agents.safety.SafetyEvent.LeasesLapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

/** A governor that has much to remember: it keeps to its bounds, and never does more at once than they allow. */
class SafetyBoundsTest {
    private static final SafetyConstraints LIMITS =
            SafetyGovernorTest.limits(SafetyConstraints.RATE_MAX, Action.QUANTITY_MAX, 1_000_000, 1 << 20);
    private static final Action RESTART = vm(ActionClass.RESTART_VM, "vm/1", "eu", 1, 1);
    private static final Instant UNTIL = T0.plus(Desk.PATIENCE);

    private final Desk<SafetyEvent, SafetyState> desk = new Desk<>(new SafetyGovernor(LIMITS));

    private void governs(Leases leases, Usage usage) {
        desk.state = new SafetyState(Mode.FULL, leases, usage, Limits.of(LIMITS), T0, Heard.NOBODY);
    }

    private static Holds.Entry entry(Action action) {
        return new Holds.Entry(action, Priority.P2, Vote.ACCEPT, false, UNTIL);
    }

    private static Leases leases(int number, Action action) {
        Leases leases = Leases.NONE;
        for (int i = 0; i < number; i++) {
            leases = leases.promised("d" + i, entry(action), UNTIL);
        }
        return leases;
    }

    @Test
    void refusesMoreHoldsThanItCanKeep() {
        governs(leases(HoldRules.OPEN_MAX, RESTART), Usage.NONE);
        var late = new Hold("late", RESTART, Priority.P0, UNTIL);
        assertThat(desk.tell(late)).isEqualTo(Reply.refused("too_many_holds"));
        desk.tell(new End("d7", 0, UNTIL));
        assertThat(desk.tell(late)).isEqualTo(Reply.of(Vote.ACCEPT));
    }

    @Test
    void dropsTheTombstoneThatExpiresFirst() {
        Holds holds = Holds.NONE.promised("open", entry(RESTART), T0.plusNanos(1));
        for (int i = 0; i <= HoldRules.TOMBSTONES_MAX; i++) {
            holds = HoldRules.ended(holds, "d" + i, T0.plusSeconds(1 + i), T0);
        }
        assertThat(holds.ended().size()).isEqualTo(HoldRules.TOMBSTONES_MAX);
        assertThat(holds.isEnded("d0")).isFalse();
        assertThat(holds.isEnded("d1")).isTrue();
        assertThat(holds.open()).containsOnlyKeys("open");
        assertThat(holds.isSound()).isTrue();
    }

    @Test
    void refusesMoreResourcesThanItCanRememberAndForgetsThoseOfWhichThereIsNothingTo() {
        Usage usage = Usage.NONE;
        for (int i = 0; i < Usage.RESOURCES_MAX; i++) {
            usage = usage.tracking(T0, "w" + i, t -> t.observed(T0, 2).grown(1, Money.dollars(1)));
        }
        governs(Leases.NONE, usage);
        var more = new Hold("more", scale("w", 1, 2), Priority.P0, T0.plusSeconds(3600));
        assertThat(desk.tell(more)).isEqualTo(Reply.refused("too_many_resources"));
        assertThat(desk.hold("g", RESTART)).isEqualTo(Vote.ACCEPT);
        desk.carryOut("h", scale("w7", 2, 1), 1);
        desk.pass(Levels.WINDOW.minusNanos(1));
        assertThat(desk.tell(more)).isEqualTo(Reply.refused("too_many_resources")); // w7 was scaled in this window
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.tell(more)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(desk.state.usage().resources())
                .hasSize(Usage.RESOURCES_MAX)
                .doesNotContainKey("w7")
                .containsKey("w");
        assertThat(desk.state.vmsUsed()).isEqualTo(Usage.RESOURCES_MAX); // one less, and one more
        assertThat(desk.state.violations()).isEmpty();
    }

    @Test
    void whatLapsedIsHeldNoMoreThoughItIsTakenOutBitByBit() {
        int number = 2 * Expiries.DUE_MAX + 1;
        governs(leases(number, scale("w", 1, 2)), Usage.NONE);
        desk.now = UNTIL;
        String last = desk.state.holds().lapsing().order().last().id();
        assertThat(desk.confirm(last)).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.holds().get(last)).isPresent();
        assertThat(desk.state.vmsUsed()).isEqualTo(number - Expiries.DUE_MAX); // until it is out it counts
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(UNTIL);
        desk.tickAtDeadline();
        assertThat(desk.journal).hasSize(3).allMatch(event -> event instanceof LeasesLapsed);
        assertThat(desk.state.holds()).isEqualTo(Holds.NONE);
        assertThat(desk.state.vmsUsed()).isZero();
        assertThat(desk.state.violations()).isEmpty();
    }

    @Test
    void forgetsAllGrantsOfAMinuteAtOnceAndCountsThemNoMoreBeforeThat() {
        int number = 2 * Expiries.DUE_MAX;
        Instant over = T0.plus(Usage.RATE_WINDOW);
        Usage usage = Usage.NONE;
        for (int i = 0; i < number; i++) {
            usage = usage.granted(T0, new Expiry(over, "d" + i));
        }
        assertThat(usage.grantsWithin(over.minusNanos(1))).isEqualTo(number);
        assertThat(usage.grantsWithin(over)).isZero();
        var grant = new Expiry(over.plus(Usage.RATE_WINDOW), "more");
        assertThat(usage.granted(over, grant).granted()).containsExactly(grant);
    }

    @Test
    void countsADeletionForADayWhetherOrNotAnotherFollows() {
        Usage usage = Usage.NONE.deleted(T0, 5).deleted(T0.plusSeconds(60), 7);
        Instant firstIsOver = T0.plusSeconds(60).plus(Usage.DELETION_WINDOW);
        assertThat(usage.bytesWithin(firstIsOver.minusNanos(1))).isEqualTo(12);
        assertThat(usage.bytesWithin(firstIsOver)).isEqualTo(7);
        Usage more = usage.deleted(firstIsOver, 1);
        assertThat(more.deleted()).hasSize(2);
        assertThat(more.bytesWithin(firstIsOver)).isEqualTo(8);
        assertThat(more.isSound()).isTrue();
    }

    @Test
    void findsTheChangesOfOneResourceAmongItsNeighbours() {
        Leases leases = Leases.NONE;
        for (String resource : List.of("v", "w", "w0", "x")) {
            leases = leases.promised("a/" + resource, entry(scale(resource, 1, 2)), UNTIL)
                    .promised("b/" + resource, entry(vm(ActionClass.STOP_VM, resource, "eu", 1, 0)), UNTIL)
                    .promised("c/" + resource, entry(scale(resource, 2, 1)), UNTIL);
        }
        assertThat(leases.changesOf("w")).containsExactly(entry(scale("w", 1, 2)), entry(scale("w", 2, 1)));
        assertThat(leases.changesOf("nobody")).isEmpty();
        assertThat(leases.scaling()).isEqualTo(8);
        assertThat(leases.promised("a/w", entry(RESTART), UNTIL).changesOf("w"))
                .containsExactly(entry(scale("w", 2, 1)));
        assertThat(leases.without(List.copyOf(leases.holds().open().keySet()))).isEqualTo(Leases.NONE);
    }

    @Test
    void anActionThatChangesNoQuantityLeavesWhatIsKnownOfItsResource() {
        governs(Leases.NONE, Usage.NONE);
        desk.carryOut("start", vm(ActionClass.START_VM, "vm/1", "eu", 0, 1), 1);
        Usage before = desk.state.usage();
        desk.carryOut("restart", RESTART, 0);
        assertThat(desk.state.usage().resources()).isEqualTo(before.resources());
        assertThat(desk.state.usage().sums()).isEqualTo(new Sums(1, Money.dollars(1), 0));
    }

    @Test
    void runningTotalsThatDisagreeAreFoundOut() {
        governs(leases(2, scale("w", 1, 2)), Usage.NONE);
        desk.carryOut("d", scale("w", 2, 3), 1);
        SafetyState sound = desk.state;
        assertThat(sound.violations()).isEmpty();

        Leases l = sound.leases();
        for (Leases wrong : List.of(
                new Leases(l.holds(), l.grants(), l.changes(), l.scaling() + 1, l.sums()),
                new Leases(l.holds(), Leases.NONE.grants(), l.changes(), l.scaling(), l.sums()),
                new Leases(l.holds(), l.grants(), Leases.NONE.changes(), l.scaling(), l.sums()),
                new Leases(l.holds(), l.grants(), l.changes(), l.scaling(), Sums.NONE),
                new Leases(
                        new Holds(l.holds().open(), Expiries.NONE, l.holds().ended()),
                        l.grants(),
                        l.changes(),
                        l.scaling(),
                        l.sums()))) {
            governs(wrong, sound.usage());
            assertThat(desk.state.violations())
                    .containsExactly("leases: the running totals do not agree with the holds");
        }
        Usage u = sound.usage();
        var disordered = new Expiries(
                Expiries.NONE.instants(), Expiries.NONE.plus("r", T0).order());
        for (Usage wrong : List.of(
                new Usage(u.granted(), u.resources(), u.forgettable(), u.deleted(), u.proven(), Sums.NONE),
                new Usage(u.granted(), u.resources(), Expiries.NONE.plus("w", T0), u.deleted(), u.proven(), u.sums()),
                new Usage(
                        u.granted(), u.resources(), u.forgettable(), TreePMap.singleton(T0, 1L), u.proven(), u.sums()),
                new Usage(u.granted(), u.resources(), u.forgettable(), u.deleted(), disordered, u.sums()))) {
            governs(l, wrong);
            assertThat(desk.state.violations())
                    .containsExactly("usage: the running totals do not agree with what was used");
        }
    }

    @Test
    void aTickWithNothingDueDoesNothing() {
        governs(leases(1, RESTART), Usage.NONE);
        assertThat(desk.tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(desk.journal).isEmpty();
    }
}
