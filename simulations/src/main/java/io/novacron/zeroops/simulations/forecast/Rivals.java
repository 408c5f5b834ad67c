package io.novacron.zeroops.simulations.forecast;

import io.novacron.zeroops.runtime.learning.HoltWinters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The three that every forecast is measured by; each as strong as it can be made without knowing the future. */
final class Rivals {
    private static final double[] ALPHAS = {0.1, 0.3, 0.5, 0.7, 0.9, 1.0};
    private static final double[] BETAS = {0, 0.01, 0.1};
    private static final double[] GAMMAS = {0.05, 0.2, 0.5};

    private Rivals() {}

    /** The mean of the last block there was. */
    static Rival lastValue() {
        return new Rival() {
            private double last = Double.NaN;

            @Override
            public void observe(int block, double mean) {
                last = Double.isNaN(mean) ? last : mean;
            }

            @Override
            public double forecast() {
                return last;
            }
        };
    }

    /** The same time a day or a week before, whichever was the nearer until now. */
    static Rival seasonalNaive(int blocks, int ahead, long stepMs) {
        double[] seen = new double[blocks];
        List<Rival> both = new ArrayList<>();
        for (int period : periods(stepMs)) {
            both.add(seasonAgo(seen, period, ahead));
        }
        return new Leader(both, ahead);
    }

    /** @param seen filled by the first of those that share it, and by the others with the same */
    private static Rival seasonAgo(double[] seen, int period, int ahead) {
        return new Rival() {
            private int newest = -1;

            @Override
            public void observe(int block, double mean) {
                seen[block] = mean;
                newest = block;
            }

            @Override
            public double forecast() {
                for (int then = newest + ahead - period; then >= 0; then -= period) {
                    if (then <= newest && !Double.isNaN(seen[then])) {
                        return seen[then];
                    }
                }
                return Double.NaN;
            }
        };
    }

    /** Additive Holt-Winters with a daily and a weekly season and 54 sets of parameters each: the one that was the nearest until now. */
    static Rival holtWinters(int ahead, long stepMs) {
        List<Rival> all = new ArrayList<>();
        for (int period : periods(stepMs)) {
            for (double alpha : ALPHAS) {
                for (double beta : BETAS) {
                    for (double gamma : GAMMAS) {
                        all.add(smoothing(new HoltWinters(period, alpha, beta, gamma), ahead));
                    }
                }
            }
        }
        return new Leader(all, ahead);
    }

    private static Rival smoothing(HoltWinters model, int ahead) {
        return new Rival() {
            private int newest = -1;

            @Override
            public void observe(int block, double mean) {
                newest = block;
                if (!Double.isNaN(mean)) {
                    model.observe(block, mean);
                }
            }

            @Override
            public double forecast() {
                return Math.max(0, model.forecast(newest, ahead));
            }
        };
    }

    private static int[] periods(long stepMs) {
        int day = (int) Math.max(1, Duration.ofDays(1).toMillis() / stepMs);
        return new int[] {day, 7 * day};
    }

    /** Of several the one with the least absolute error until now; before there is any, the first that says something. */
    private static final class Leader implements Rival {
        private final List<Rival> all;
        private final int ahead;
        private final double[] loss;
        private final long[] count;
        private final double[][] waiting;
        private double last = Double.NaN;

        Leader(List<Rival> all, int ahead) {
            this.all = all;
            this.ahead = ahead;
            loss = new double[all.size()];
            count = new long[all.size()];
            waiting = new double[ahead][all.size()];
            for (double[] row : waiting) {
                Arrays.fill(row, Double.NaN);
            }
        }

        @Override
        public void observe(int block, double mean) {
            double[] due = waiting[block % ahead];
            last = Double.isNaN(mean) ? last : mean;
            for (int i = 0; i < due.length; i++) {
                double error = Math.abs(due[i] - mean);
                if (!Double.isNaN(error)) {
                    loss[i] += error;
                    count[i]++;
                }
                all.get(i).observe(block, mean);
                due[i] = all.get(i).forecast();
            }
        }

        @Override
        public double forecast() {
            double least = Double.POSITIVE_INFINITY;
            double best = Double.NaN;
            for (int i = 0; i < loss.length; i++) {
                double said = all.get(i).forecast();
                double error = count[i] == 0 ? Double.MAX_VALUE : loss[i] / count[i];
                if (!Double.isNaN(said) && error < least) {
                    least = error;
                    best = said;
                }
            }
            return Double.isNaN(best) ? last : best;
        }
    }
}
