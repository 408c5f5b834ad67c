package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.runtime.csv.Decimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;

/** How a column writes time. Each reads a cell as milliseconds since the epoch, or as nothing. */
enum TimeFormat {
    /** Date, or date and time, with or without an offset; without one it is taken as UTC. */
    ISO {
        @Override
        OptionalLong parse(String cell) {
            try {
                TemporalAccessor time =
                        DATE_TIME.parseBest(cell, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                return OptionalLong.of(toInstant(time).toEpochMilli());
            } catch (DateTimeException | ArithmeticException e) {
                return OptionalLong.empty();
            }
        }
    },
    EPOCH_MILLIS {
        @Override
        OptionalLong parse(String cell) {
            return number(cell, 1);
        }
    },
    EPOCH_SECONDS {
        @Override
        OptionalLong parse(String cell) {
            return number(cell, 1_000);
        }
    },
    /** Seconds since a start that the file does not tell; read as if that were the epoch. */
    PLAIN_SECONDS {
        @Override
        OptionalLong parse(String cell) {
            return number(cell, 1_000);
        }
    };

    /** From 1973 on, in milliseconds: no plausible number of seconds. */
    private static final double LEAST_EPOCH_MILLIS = 1e11;
    /** From 1973 on, in seconds: no plausible length of a trace, which would be three years and more. */
    private static final double LEAST_EPOCH_SECONDS = 1e8;
    /** Beyond it milliseconds would no longer be exact in a double. */
    private static final double MOST_MILLIS = 1L << 53;

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter();

    abstract OptionalLong parse(String cell);

    /** The format of numbers, told by the size of the first one. */
    static TimeFormat ofNumbers(double first) {
        if (first >= LEAST_EPOCH_MILLIS) {
            return EPOCH_MILLIS;
        }
        return first >= LEAST_EPOCH_SECONDS ? EPOCH_SECONDS : PLAIN_SECONDS;
    }

    private static Instant toInstant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime withOffset) {
            return withOffset.toInstant();
        }
        LocalDateTime local = time instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) time;
        return local.toInstant(ZoneOffset.UTC);
    }

    private static OptionalLong number(String cell, int millisPerUnit) {
        try {
            double millis = Decimal.parse(cell) * millisPerUnit;
            return millis >= 0 && millis <= MOST_MILLIS ? OptionalLong.of(Math.round(millis)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
