package io.novacron.zeroops.simulations.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlotThinningTest {
    @Test
    void keepsEndsAndExtremesOfAnySeries() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Plot plot = plot(random, 1 + random.nextInt(500), 1 + random.nextInt(4));
            int max = 2 + 2 * plot.series().size() + random.nextInt(100);
            Plot thin = PlotThinning.thin(plot, max);
            int last = plot.seconds().size() - 1;
            assertThat(thin.seconds())
                    .hasSizeLessThanOrEqualTo(Math.max(2, max))
                    .isSorted();
            assertThat(thin.seconds().get(0)).isEqualTo(plot.seconds().get(0));
            assertThat(thin.seconds().get(thin.seconds().size() - 1))
                    .isEqualTo(plot.seconds().get(last));
            for (int i = 0; i < plot.series().size(); i++) {
                List<Double> before = numbers(plot.series().get(i));
                List<Double> after = numbers(thin.series().get(i));
                assertThat(thin.series().get(i).values()).hasSameSizeAs(thin.seconds());
                if (!before.isEmpty()) {
                    assertThat(Collections.max(after)).isEqualTo(Collections.max(before));
                    assertThat(Collections.min(after)).isEqualTo(Collections.min(before));
                }
            }
        }
    }

    @Test
    void fewPointsStayAsTheyAre() {
        Plot plot = plot(new Random(1), 10, 2);
        assertThat(PlotThinning.thin(plot, 10)).isSameAs(plot);
    }

    private static List<Double> numbers(Series series) {
        return series.values().stream().filter(value -> !value.isNaN()).toList();
    }

    private static Plot plot(Random random, int points, int seriesCount) {
        List<Double> seconds = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < points; i++) {
            at += random.nextDouble() * (random.nextInt(20) == 0 ? 1_000 : 1);
            seconds.add(at);
        }
        List<Series> series = new ArrayList<>();
        for (int s = 0; s < seriesCount; s++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                values.add(random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian());
            }
            series.add(new Series("s" + s, values));
        }
        return new Plot("t", "u", seconds, series, List.of());
    }
}
