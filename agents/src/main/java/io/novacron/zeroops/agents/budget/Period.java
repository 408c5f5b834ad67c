package io.novacron.zeroops.agents.budget;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** A calendar month, UTC: from {@code start}, up to but without {@code end}. */
public record Period(Instant start, Instant end) {
    /** Before the first limit was set: contains no instant, and never ends. */
    static final Period NONE = new Period(Instant.EPOCH, Instant.EPOCH);

    static Period containing(Instant instant) {
        YearMonth month = YearMonth.from(instant.atOffset(ZoneOffset.UTC));
        return new Period(startOf(month), startOf(month.plusMonths(1)));
    }

    boolean isOpen() {
        return start.isBefore(end);
    }

    boolean hasEnded(Instant now) {
        return isOpen() && !now.isBefore(end);
    }

    /** This instant, or the period's start if that is later. */
    Instant notBefore(Instant instant) {
        return instant.isBefore(start) ? start : instant;
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
