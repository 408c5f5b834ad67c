package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What really runs of one resource, and what it is billed: by the millisecond, for a minute at least. */
final class Provider {
    private static final class Instance {
        final Instant start;
        Instant end;

        Instance(Instant start, Instant end) {
            this.start = start;
            this.end = end;
        }
    }

    final String resource;
    final String project;
    final Money unit;
    private final List<Instance> instances = new ArrayList<>();
    Instant readTo = Instant.EPOCH;

    @Nullable
    Meter reading; // the one that is under way

    Provider(String resource, String project, Money unit) {
        this.resource = resource;
        this.project = project;
        this.unit = unit;
    }

    void start(int number, Instant start, Instant end) {
        for (int i = 0; i < number; i++) {
            instances.add(new Instance(start, end));
        }
    }

    /** Stops as many as there are, and says how many that was. */
    int stop(int number, Instant end) {
        int stopped = 0;
        for (Instance instance : instances) {
            if (stopped < number && instance.end.equals(Instant.MAX)) {
                instance.end = end;
                stopped++;
            }
        }
        return stopped;
    }

    int running(Instant now) {
        return (int) instances.stream().filter(i -> i.end.isAfter(now)).count();
    }

    Money billed(Instant from, Instant to) {
        long millis = 0;
        for (Instance instance : instances) {
            Instant least = instance.start.plusSeconds(60);
            long end = millis(instance.end.isAfter(least) ? instance.end : least);
            millis += Math.max(0, Math.min(end, millis(to)) - Math.max(millis(instance.start), millis(from)));
        }
        return new Money(BigDecimal.valueOf(unit.micros())
                .multiply(BigDecimal.valueOf(millis))
                .divide(BigDecimal.valueOf(3_600_000), 0, RoundingMode.FLOOR)
                .longValueExact());
    }

    private static long millis(Instant instant) {
        return instant.equals(Instant.MAX) ? Long.MAX_VALUE : instant.toEpochMilli();
    }
}
