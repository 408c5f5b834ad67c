package io.novacron.zeroops.simulations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.simulations.fault.CrashPoints.Moment;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final Effect STOP = new Effect.Call("vm/a/1", "vm/a", 1, new FleetOperation.StopVm());

    private static FaultProfile crashing(double probability, int most) {
        return new FaultProfile(0, 0, 0, 0, 0, 0, 0, probability, most, 0, 0);
    }

    private static CrashPoints points(double probability, int most, long seed) {
        var faults = new Faults(crashing(probability, most), new SplittableRandom(seed));
        faults.begin();
        return new CrashPoints(faults, seed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void aProbabilityIsFromZeroToOne(double wrong) {
        assertThatThrownBy(() -> crashing(wrong, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probability " + wrong + ": use 0 to 1");
        assertThatThrownBy(() -> new FaultProfile(wrong, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingStrikesBeforeTheBeginningOrAfterTheEnd() {
        var faults = new Faults(crashing(1, 1), new SplittableRandom(1));
        assertThat(faults.strikes("crash", 1)).isFalse();
        faults.begin();
        assertThat(faults.strikes("crash", 1)).isTrue();
        assertThat(faults.strikes("other", 0)).isFalse();
        faults.stop();
        assertThat(faults.strikes("crash", 1)).isFalse();
        assertThat(faults.counts()).containsOnlyKeys("crash").containsEntry("crash", 1L);
    }

    @Test
    void drawsStayInTheirRange() {
        var faults = new Faults(FaultProfile.NONE, new SplittableRandom(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(faults.between(-2, 2)).isBetween(-2L, 2L);
            assertThat(faults.exponentialMs(0.001)).isNotNegative();
        }
        assertThat(faults.between(3, 3)).isEqualTo(3);
    }

    @Test
    void aKindThatIsNotListedStopsTheRunThatMeetsIt() {
        assertThat(CrashPoints.kind(STOP)).isEqualTo("Call StopVm");
        assertThatThrownBy(() -> CrashPoints.kind(new Effect.Notify("n", "nobody", "text")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Notify nobody");
        assertThat(CrashPoints.all()).doesNotHaveDuplicates().contains("Call StopVm/BEFORE_PERSIST");
    }

    /** Hardly any crash happens where a run does not aim, and half of those that could where it does. */
    @Test
    void everyPointIsAimedAtByTurns() {
        Set<Moment> aimed = new HashSet<>();
        int seeds = CrashPoints.all().size();
        for (long seed = 0; seed < seeds; seed++) {
            for (Moment moment : Moment.values()) {
                var points = points(1e-12, 1, seed);
                for (int i = 0; i < 64; i++) {
                    if (points.strikes(STOP, moment)) {
                        aimed.add(moment);
                    }
                }
            }
        }
        assertThat(aimed).containsExactlyInAnyOrder(Moment.values());
    }

    @Test
    void aRunDiesOnlySoOften() {
        var points = points(1, 3, 1);
        int crashes = 0;
        for (int i = 0; i < 100; i++) {
            crashes += points.strikes(STOP, Moment.AFTER_EFFECT) ? 1 : 0;
        }
        assertThat(crashes).isEqualTo(3);
        assertThat(points.hits()).containsEntry("Call StopVm/AFTER_EFFECT", 3L);
    }
}
