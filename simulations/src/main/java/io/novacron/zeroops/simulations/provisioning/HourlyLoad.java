package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A usage series by the hour: the highest value within each, since that is what capacity has to hold.
 */
final class HourlyLoad {
    private static final long HOUR_MS = 3_600_000;

    private final long startMillis;
    private final double[] values;
    private final List<String> notes;

    private HourlyLoad(long startMillis, double[] values, List<String> notes) {
        this.startMillis = startMillis;
        this.values = values;
        this.notes = notes;
    }

    /** @throws InvalidInputException if the file cannot be used, or its rows are more than an hour apart */
    static HourlyLoad read(Path file, String column) {
        Trace trace;
        try {
            trace = TraceReader.read(file, column, TraceReader.Values.RATE_PER_S); // as it is
        } catch (TraceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        long stepMs = trace.endMillis() - trace.startMillis(trace.steps() - 1);
        if (stepMs > HOUR_MS) {
            throw new InvalidInputException(file + ": its rows are " + stepMs / 60_000
                    + " min apart; capacity is planned by the hour, so give a series of at least one row an hour");
        }
        double[] values = new double[(int) (trace.endMillis() / HOUR_MS)];
        int step = 0;
        for (int hour = 0; hour < values.length; hour++) {
            long end = (hour + 1) * HOUR_MS;
            while (step < trace.steps() && trace.startMillis(step) < end) {
                values[hour] = Math.max(values[hour], trace.ratePerS(step));
                if (trace.stepEndMillis(step) > end) {
                    break; // it goes on in the next hour
                }
                step++;
            }
        }
        return new HourlyLoad(trace.start().toEpochMilli(), values, trace.notes());
    }

    int hours() {
        return values.length;
    }

    double at(int hour) {
        return values[hour];
    }

    /** @param to exclusive */
    double[] between(int from, int to) {
        return Arrays.copyOfRange(values, from, to);
    }

    List<String> notes() {
        return notes;
    }

    long endMillis(int hour) {
        return startMillis + (hour + 1) * HOUR_MS;
    }
}
