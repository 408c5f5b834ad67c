package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.scenario.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Reads what an option says; each complaint names the value and what to write instead. */
final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|[smhd])");

    private Converters() {}

    static Seeds seeds(String text) {
        try {
            return Seeds.parse(text);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** An instant, or how long ago. */
    static Instant instant(String text, Instant now) {
        if (DURATION.matcher(text).matches()) {
            return now.minus(duration(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text
                    + "' is no time; write one such as 2026-01-05T12:00:00Z, or how long ago, such as 90m, 12h or 7d");
        }
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no duration; write a whole number and s, m, h or d (or ms), such as 90m or 7d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
