package io.novacron.zeroops.simulations.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    private final Trace trace = new Trace(Instant.EPOCH, new long[] {0, 10, 25}, new double[] {1, 5, 2}, 30, List.of());

    @Test
    void aStepIsInForceFromItsStartUntilTheNext() {
        assertThat(trace.stepAt(0)).isEqualTo(0);
        assertThat(trace.stepAt(9)).isEqualTo(0);
        assertThat(trace.stepAt(10)).isEqualTo(1);
        assertThat(trace.stepAt(24)).isEqualTo(1);
        assertThat(trace.ratePerSAt(25)).isEqualTo(2);
        assertThat(trace.ratePerSAt(30)).isEqualTo(2);
        assertThat(trace.stepEndMillis(1)).isEqualTo(25);
        assertThat(trace.stepEndMillis(2)).isEqualTo(30);
        assertThat(trace.peakPerS()).isEqualTo(5);
    }

    @Test
    void thereIsNoLoadOutside() {
        assertThatIllegalArgumentException().isThrownBy(() -> trace.stepAt(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> trace.stepAt(31));
    }

    @Test
    void refusesWhatIsNoStepFunction() {
        refuses(new long[] {}, new double[] {}, 10);
        refuses(new long[] {0, 5}, new double[] {1}, 10);
        refuses(new long[] {1}, new double[] {1}, 10);
        refuses(new long[] {0, 5, 5}, new double[] {1, 1, 1}, 10);
        refuses(new long[] {0, 5}, new double[] {1, 1}, 5);
        refuses(new long[] {0}, new double[] {-1}, 10);
        refuses(new long[] {0}, new double[] {Double.NaN}, 10);
        refuses(new long[] {0}, new double[] {Double.POSITIVE_INFINITY}, 10);
    }

    private static void refuses(long[] starts, double[] rates, long end) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Trace(Instant.EPOCH, starts, rates, end, List.of()));
    }

    @Test
    void keepsItsOwnCopyOfTheArrays() {
        double[] rates = {1, 2};
        Trace steps = Trace.ofSteps(1_000, rates);
        rates[0] = 7;
        assertThat(steps.ratePerS(0)).isEqualTo(1);
        assertThat(steps.startMillis(1)).isEqualTo(1_000);
        assertThat(steps.endMillis()).isEqualTo(2_000);
    }
}
