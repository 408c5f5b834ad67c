package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import io.novacron.zeroops.simulations.trace.TraceReader.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A recorded load that was read, and what serves it.
 *
 * @param scenario as the report is called
 * @param unit of the load
 * @param safeLoad what an instance serves within the SLO, in that unit
 * @param notes what a reader must know besides what the trace notes
 */
record Recorded(
        String scenario,
        Path file,
        Trace trace,
        String unit,
        double safeLoad,
        int minInstances,
        DemandSettings demand,
        Money pricePerHour,
        Seeds seeds,
        ProviderFaults provider,
        List<String> notes) {

    static Recorded of(ReplayOptions options) {
        return new Recorded(
                "replay",
                options.trace(),
                read(options.trace(), options.column(), Values.COUNT_PER_STEP, options.duration()),
                "requests/s",
                options.capacityPerMinute() / 60,
                options.minInstances(),
                DemandSettings.DEFAULT,
                options.pricePerHour(),
                options.seeds(),
                options.provider(),
                List.of());
    }

    /** A count of each row, or a level: it is the same to the figures, as long as the capacity counts likewise. */
    static Recorded of(ScalingOptions options) {
        Trace trace = read(options.trace(), options.column(), Values.RATE_PER_S, options.duration());
        double capacity = options.capacity().orElseGet(() -> chosen(options, trace));
        return new Recorded(
                "scaling",
                options.trace(),
                trace,
                options.column(),
                capacity,
                options.minInstances(),
                DemandSettings.DEFAULT.withPerformanceWeight(options.performanceWeight()),
                options.pricePerHour(),
                options.seeds(),
                options.provider(),
                List.of(stated(options, capacity)));
    }

    private static double chosen(ScalingOptions options, Trace trace) {
        double peak = trace.first(ScalingOptions.FIRST.toMillis()).peakPerS();
        double capacity = peak / ScalingOptions.INSTANCES_AT_PEAK;
        if (capacity > 0) {
            return capacity;
        }
        throw new InvalidInputException(options.trace() + ": column '" + options.column() + "' is " + peak
                + " all through the first " + ScalingOptions.FIRST.toDays()
                + " days, from which the capacity of an instance is chosen; give it with --capacity");
    }

    private static String stated(ScalingOptions options, double capacity) {
        String what = String.format(Locale.ROOT, "capacity: an instance serves %.6g %s", capacity, options.column());
        return options.capacity().isPresent()
                ? what
                : what + " of a row within the SLO, so that the peak of the first "
                        + ScalingOptions.FIRST.toDays() + " days needs " + ScalingOptions.INSTANCES_AT_PEAK
                        + " instances; --capacity gives another";
    }

    private static Trace read(Path file, String column, Values values, Optional<Duration> duration) {
        try {
            Trace trace = TraceReader.read(file, column, values);
            Trace chosen = duration.map(d -> trace.first(d.toMillis())).orElse(trace);
            if (chosen.endMillis() > ReplayOptions.DURATION_MAX.toMillis()) {
                throw new InvalidInputException(file + ": lasts "
                        + Duration.ofMillis(chosen.endMillis()).toDays()
                        + " days, which is more than can be simulated; check its times, or give a --duration of at most "
                        + ReplayOptions.DURATION_MAX.toDays() + "d");
            }
            return chosen;
        } catch (TraceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
