package io.novacron.zeroops.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.decision.Holds.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    private static Entry entry(int seconds) {
        return new Entry(DecisionDesk.scale(4, 10), Priority.P2, Vote.ACCEPT, false, T0.plusSeconds(seconds));
    }

    @Test
    void aPromiseIsTentativeUntilItIsConfirmed() {
        var holds = Holds.NONE.promised("d", entry(30));
        assertThat(holds.get("d")).contains(entry(30));
        assertThat(holds.confirmed("d").get("d"))
                .contains(new Entry(DecisionDesk.scale(4, 10), Priority.P2, Vote.ACCEPT, true, T0.plusSeconds(30)));
        assertThat(holds.confirmed("another")).isEqualTo(holds);
        assertThat(holds.get("another")).isEmpty();
    }

    @Test
    void whatIsTentativeLapsesAtItsInstantAndWhatIsFirmNever() {
        var holds = Holds.NONE
                .promised("firm", entry(10))
                .confirmed("firm")
                .promised("soon", entry(10))
                .promised("later", entry(20));
        assertThat(holds.nextLapse()).contains(T0.plusSeconds(10));
        assertThat(holds.lapsed(T0.plusSeconds(10).minusNanos(1))).isEmpty();
        assertThat(holds.lapsed(T0.plusSeconds(10))).containsExactly("soon");
        assertThat(holds.lapsed(T0.plusSeconds(3600))).containsExactly("soon", "later"); // in the order of time
        var left = holds.without(List.of("later", "soon"));
        assertThat(left.open()).containsOnlyKeys("firm");
        assertThat(left.nextLapse()).isEmpty();
    }

    @Test
    void anEndedDecisionLeavesATombstoneUntilALateHoldWouldBeTooLate() {
        var holds = Holds.NONE.promised("d", entry(30)).ended("d", T0.plusSeconds(30));
        assertThat(holds.get("d")).isEmpty();
        assertThat(holds.isEnded("d")).isTrue();
        assertThat(holds.isEnded("e")).isFalse();
        assertThat(holds.nextLapse()).contains(T0.plusSeconds(30));
        assertThat(holds.lapsed(T0.plusSeconds(30))).containsExactly("d");
        assertThat(holds.without(List.of("d"))).isEqualTo(Holds.NONE);
    }

    @Test
    void anEndWithoutAHoldLeavesATombstoneToo() {
        assertThat(Holds.NONE.ended("d", T0).isEnded("d")).isTrue();
    }

    @Test
    void theEarliestOfHoldsAndTombstonesLapsesNext() {
        var holds = Holds.NONE.promised("d", entry(30)).ended("e", T0.plusSeconds(20));
        assertThat(holds.nextLapse()).contains(T0.plusSeconds(20));
        assertThat(holds.lapsed(T0.plusSeconds(30))).containsExactly("d", "e");
    }

    @Test
    void aPromiseWhoseTimeIsOverIsNotHeldThoughItIsStillInTheBook() {
        var holds = Holds.NONE.promised("d", entry(30), T0.plusSeconds(20));
        assertThat(holds.held("d", T0.plusSeconds(20).minusNanos(1))).contains(entry(30));
        assertThat(holds.held("d", T0.plusSeconds(20))).isEmpty();
        assertThat(holds.get("d")).contains(entry(30));
        assertThat(holds.confirmed("d").held("d", T0.plusSeconds(20))).isPresent();
    }

    @Test
    void aTombstoneIsLeftOnlyWhereALateHoldWouldNotBeTooLateAnyway() {
        var holds = Holds.NONE.promised("d", entry(30));
        assertThat(holds.ended("d", T0.plusSeconds(30), T0.plusSeconds(29)).isEnded("d"))
                .isTrue();
        assertThat(holds.ended("d", T0.plusSeconds(30), T0.plusSeconds(30))).isEqualTo(Holds.NONE);
    }

    @Test
    void anOrderOfLapsesThatDoesNotAgreeIsFoundOut() {
        var holds = Holds.NONE.promised("d", entry(30)).ended("e", T0.plusSeconds(30));
        assertThat(holds.isSound()).isTrue();
        assertThat(holds.confirmed("d").isSound()).isTrue();
        var disordered = new Expiries(holds.ended().instants(), Expiries.NONE.order());
        assertThat(new Holds(holds.open(), Expiries.NONE, holds.ended()).isSound())
                .isFalse();
        assertThat(new Holds(holds.open(), holds.lapsing(), disordered).isSound())
                .isFalse();
        var unordered = new Expiries(holds.lapsing().instants(), Expiries.NONE.order());
        assertThat(new Holds(holds.open(), unordered, holds.ended()).isSound()).isFalse();
    }
}
