package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.runtime.signal.ScalingModel.Figures;
import io.novacron.zeroops.runtime.signal.Traces.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The demand window against the horizontal pod autoscaler on public traces, in {@link ScalingModel}. With {@code
 * -Dzeroops.evaluation=true} it prints the sweep over quantiles and horizons too.
 */
final class ScalingEvaluationTest {

    private static final boolean SWEEP = Boolean.getBoolean("zeroops.evaluation");

    @Test
    void dominatesTheAutoscalerOnTheWorldCup() throws IOException {
        assertDominates(Traces.requests("worldcup98"), 250);
    }

    @Test
    void dominatesTheAutoscalerOnNasa() throws IOException {
        assertDominates(Traces.requests("nasa-http"), 10);
    }

    @Test
    void dominatesTheAutoscalerOnASmoothFleet() throws IOException {
        assertDominates(Traces.fleet("google_2019_fleet.csv.gz", 1, 1000), 10);
    }

    /** No target from 0.40 to 0.90 costs no more and violates as little. */
    private static void assertDominates(Trace trace, double safeLoad) {
        List<Figures> front = new ArrayList<>();
        for (int percent = 40; percent <= 90; percent += 2) {
            Figures rival = ScalingModel.autoscaler(trace, safeLoad, percent / 100.0);
            front.add(rival);
            if (percent % 10 == 0) {
                print(trace.name() + " autoscaler 0." + percent, rival);
            }
        }
        long before = System.nanoTime();
        Figures ours = ScalingModel.demand(trace, safeLoad, DemandSettings.DEFAULT);
        double seconds = (System.nanoTime() - before) / 1e9;
        print(trace.name() + " demand, default", ours);
        System.out.printf("  %d samples in %.2f s%n", trace.minutes() * 4, seconds);
        if (SWEEP) {
            sweep(trace, safeLoad, front);
        }
        assertThat(front)
                .filteredOn(rival -> rival.instanceHours() <= ours.instanceHours())
                .allSatisfy(rival -> assertThat(ours.violating()).isLessThan(rival.violating()));
    }

    private static void sweep(Trace trace, double safeLoad, List<Figures> front) {
        for (int seconds : new int[] {60, 90, 120}) {
            for (double weight : new double[] {0.3, 0.5, 0.6, 0.7, 0.8, 0.9}) {
                for (int minutes : new int[] {2, 3, 5, 10}) {
                    DemandSettings settings = new DemandSettings(
                            Duration.ofSeconds(seconds),
                            weight,
                            Duration.ofMinutes(minutes),
                            0.02,
                            Duration.ofMinutes(1));
                    Figures figures = ScalingModel.demand(trace, safeLoad, settings);
                    double best = front.stream()
                            .filter(rival -> rival.instanceHours() <= figures.instanceHours())
                            .mapToDouble(Figures::violating)
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
                    print(
                            "  grow %3d s weight %.2f, hold %2d min, x%.2f"
                                    .formatted(seconds, weight, minutes, figures.violating() / best),
                            figures);
                }
            }
        }
    }

    private static void print(String name, Figures figures) {
        System.out.printf(
                "%-44s violating %7.4f %%  instance-hours %8.0f  changes %6d%n",
                name, figures.violating(), figures.instanceHours(), figures.changes());
    }
}
