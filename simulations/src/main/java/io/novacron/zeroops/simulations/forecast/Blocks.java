package io.novacron.zeroops.simulations.forecast;

import io.novacron.zeroops.runtime.learning.ForecastHorizon;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Duration;
import java.util.Arrays;

/**
 * A trace cut into blocks as long as what is forecast, from its start on: the mean of each, NaN where a row of it is missing.
 * A row belongs to the block that its middle lies in, so that clocks may be off by half a row.
 * Apart from the forecaster's own bookkeeping, so that it checks that too.
 */
final class Blocks {
    /** Beyond it the target is no longer one time of the day. */
    private static final Duration STEP_MAX = Duration.ofHours(1);

    /** Nobody scales by finer steps. */
    private static final int PARTS = 3;

    private final Trace trace;
    private final ForecastHorizon horizon;
    private final long rowMs;
    private final double[] means;

    private Blocks(Trace trace, ForecastHorizon horizon, long rowMs, double[] means) {
        this.trace = trace;
        this.horizon = horizon;
        this.rowMs = rowMs;
        this.means = means;
    }

    /**
     * The longest step that divides the horizon into three or more, is at most an hour, and whole rows; one row if there is none.
     *
     * @throws InvalidInputException if the horizon is no whole number of rows, or too many steps
     */
    static Blocks of(Trace trace, Duration ahead) {
        long rowMs = trace.endMillis() - trace.startMillis(trace.steps() - 1);
        long horizonMs = ahead.toMillis();
        if (horizonMs < rowMs || horizonMs % rowMs != 0) {
            throw new InvalidInputException("--horizon " + text(ahead) + ": a row of the file lasts "
                    + text(Duration.ofMillis(rowMs)) + "; give a whole number of them");
        }
        long most = Math.min(STEP_MAX.toMillis(), horizonMs / PARTS);
        long stepMs = rowMs;
        for (long rows = 1; rows * rowMs <= most; rows++) {
            stepMs = horizonMs % (rows * rowMs) == 0 ? rows * rowMs : stepMs;
        }
        if (horizonMs / stepMs > ForecastHorizon.STEPS_MAX) {
            throw new InvalidInputException("--horizon " + text(ahead) + " is " + horizonMs / stepMs + " steps of "
                    + text(Duration.ofMillis(stepMs)) + "; at most " + ForecastHorizon.STEPS_MAX + " are forecast, "
                    + text(Duration.ofMillis(ForecastHorizon.STEPS_MAX * stepMs)) + " for this file");
        }
        var horizon = new ForecastHorizon(ahead, Duration.ofMillis(stepMs));
        return new Blocks(trace, horizon, rowMs, means(trace, rowMs, stepMs));
    }

    private static double[] means(Trace trace, long rowMs, long stepMs) {
        int blocks = (int) (trace.endMillis() / stepMs);
        double[] sums = new double[blocks];
        int[] rows = new int[blocks];
        for (int row = 0; row < trace.steps(); row++) {
            int block = (int) ((trace.startMillis(row) + rowMs / 2) / stepMs);
            if (block < blocks) {
                sums[block] += trace.ratePerS(row);
                rows[block]++;
            }
        }
        Arrays.setAll(sums, i -> rows[i] >= stepMs / rowMs ? sums[i] / rows[i] : Double.NaN);
        return sums;
    }

    ForecastHorizon horizon() {
        return horizon;
    }

    int ahead() {
        return (int) (horizon.horizon().toMillis() / stepMs());
    }

    long stepMs() {
        return horizon.step().toMillis();
    }

    Duration row() {
        return Duration.ofMillis(rowMs);
    }

    int count() {
        return means.length;
    }

    double mean(int block) {
        return means[block];
    }

    /** Whether a row measured then is the block's last, or comes after it. */
    boolean isEnded(int block, long measuredMillis) {
        return (block + 1) * stepMs() <= measuredMillis + rowMs / 2;
    }

    /** Whether all of it was over before that row. */
    boolean isPassed(int block, long measuredMillis) {
        return (block + 1) * stepMs() <= measuredMillis - rowMs + rowMs / 2;
    }

    /** When a row has been measured, since the trace's start: it ends after its usual length, or with the next one's start. */
    long measuredMillis(int row) {
        return Math.min(trace.startMillis(row) + rowMs, trace.stepEndMillis(row));
    }

    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        } else if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0
                ? seconds / 60 + "m"
                : duration.toMillis() % 1_000 == 0 ? seconds + "s" : duration.toMillis() + "ms";
    }
}
