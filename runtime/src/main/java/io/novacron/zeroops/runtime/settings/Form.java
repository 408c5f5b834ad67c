package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.runtime.signal.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the values of one type are written. Numbers too large for their type are read as the largest that it holds, which
 * no key allows: so they are called out of range, and not unreadable.
 *
 * @param noun what a value is called when something else was written
 * @param howTo what to write instead; its limits follow in the message
 * @param reader empty for what is no such value
 * @param writer to a boolean, a number or a text, as in JSON; without exponents, the reader reads it as the same value
 */
record Form<T>(String noun, String howTo, Function<String, Optional<T>> reader, Function<T, Object> writer) {

    /** The longest text that is looked at as a value. */
    static final int TEXT_MAX = 1000;

    private static final Pattern DECIMAL = Pattern.compile("(-?\\d{1,40})(?:\\.(\\d{1,40}))?");
    private static final Pattern WITH_UNIT = Pattern.compile("(-?\\d{1,40})([a-zA-Z]*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d\\d:\\d\\d");

    /** Beyond it a number in floating point does not come back as it was written. */
    private static final int DECIMALS_MAX = 9;

    private static final int MONEY_DECIMALS_MAX = 6;

    /** From the largest down: a value is written in the largest unit that divides it. */
    private static final List<Unit> SECONDS =
            List.of(new Unit("d", 86_400), new Unit("h", 3600), new Unit("m", 60), new Unit("s", 1));

    private static final List<Unit> BYTES = List.of(
            new Unit("EiB", 1L << 60),
            new Unit("PiB", 1L << 50),
            new Unit("TiB", 1L << 40),
            new Unit("GiB", 1L << 30),
            new Unit("MiB", 1L << 20),
            new Unit("KiB", 1L << 10),
            new Unit("", 1));

    /** Far above every limit, and far below what {@link Duration} holds. */
    private static final long SECONDS_MAX = 1L << 40;

    private static final Map<Class<?>, Form<?>> FORMS = Map.ofEntries(
            Map.entry(boolean.class, new Form<Boolean>("boolean", "true or false", Form::readBoolean, value -> value)),
            Map.entry(int.class, new Form<>("whole number", "a whole number", Form::readInteger, value -> value)),
            Map.entry(double.class, new Form<>("number", "a number", Form::readDouble, Form::plain)),
            Map.entry(
                    Money.class,
                    new Form<>(
                            "amount of money",
                            "plain dollars, such as 1000 or 0.25,",
                            Form::readMoney,
                            money -> BigDecimal.valueOf(money.micros(), 6).stripTrailingZeros())),
            Map.entry(
                    Duration.class,
                    new Form<>(
                            "duration",
                            "a whole number and s, m, h or d, such as 30s or 7d,",
                            Form::readDuration,
                            value -> withUnit(value.toSeconds(), SECONDS))),
            Map.entry(
                    Bytes.class,
                    new Form<>(
                            "size",
                            "a whole number and KiB, MiB, GiB or TiB, such as 500GiB, or bytes,",
                            Form::readBytes,
                            value -> withUnit(value.count(), BYTES))),
            Map.entry(
                    String.class,
                    new Form<String>(
                            "name",
                            "1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit",
                            text -> Optional.of(text)
                                    .filter(name -> NAME.matcher(name).matches()),
                            name -> name)),
            Map.entry(
                    PrometheusName.class,
                    new Form<>(
                            "name in Prometheus",
                            "1 to " + PrometheusName.LENGTH_MAX + " letters, digits, '_' or ':', the first no digit",
                            PrometheusName::parse,
                            PrometheusName::text)),
            Map.entry(Path.class, new Form<>("path", "the path of a directory", Form::readPath, Path::toString)),
            Map.entry(
                    HostName.class,
                    new Form<>(
                            "host",
                            "a name or an address, such as 127.0.0.1 or node-1.example.org",
                            HostName::parse,
                            HostName::host)),
            Map.entry(
                    HostAndPort.class,
                    new Form<>(
                            "host and port",
                            "a name or an address, a colon and a port, such as 10.0.0.1:8558",
                            HostAndPort::parse,
                            HostAndPort::toString)),
            Map.entry(
                    OptionalFile.class,
                    new Form<>("file", "the path of a file, or none", OptionalFile::parse, OptionalFile::toString)),
            Map.entry(
                    HttpUrl.class,
                    new Form<>(
                            "HTTP address",
                            "one such as http://127.0.0.1:8090, without a query or a password",
                            HttpUrl::parse,
                            HttpUrl::toString)),
            Map.entry(
                    JdbcUrl.class,
                    new Form<>(
                            "JDBC address of PostgreSQL",
                            "one such as jdbc:postgresql://host:5432/zeroops, without a password",
                            JdbcUrl::parse,
                            JdbcUrl::toString)),
            Map.entry(
                    LocalTime.class,
                    new Form<>("time of day", "hours and minutes, such as 09:00", Form::readTime, LocalTime::toString)),
            Map.entry(
                    ZoneId.class,
                    new Form<>("time zone", "UTC or a region, such as Europe/Berlin", Form::readZone, ZoneId::getId)),
            Map.entry(DayOfWeek.class, choice(DayOfWeek.values())),
            Map.entry(StartMode.class, choice(StartMode.values())),
            Map.entry(LogFormat.class, choice(LogFormat.values())),
            Map.entry(DatabaseKind.class, choice(DatabaseKind.values())),
            Map.entry(ProviderKind.class, choice(ProviderKind.values())),
            Map.entry(Discovery.class, choice(Discovery.values())),
            Map.entry(Role.class, choice(Role.values())),
            Map.entry(Measure.class, choice(Measure.values())),
            Map.entry(Priority.class, choice(Priority.values())));

    static boolean isKnown(Class<?> type) {
        return FORMS.containsKey(type);
    }

    /** The caller knows {@code T} by the class of a component. */
    @SuppressWarnings("unchecked")
    static Form<Object> of(Class<?> type) {
        return (Form<Object>) Optional.ofNullable(FORMS.get(type))
                .orElseThrow(() -> new IllegalStateException("nothing says how a " + type + " is written"));
    }

    /** Empty also for a text that is too long to be looked at. */
    Optional<T> read(String text) {
        return text.length() > TEXT_MAX ? Optional.empty() : reader.apply(text);
    }

    Object write(T value) {
        return writer.apply(value);
    }

    private static Optional<Boolean> readBoolean(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** With at most so many decimals. */
    private static Optional<BigDecimal> decimal(String text, int decimalsMax) {
        Matcher matcher = DECIMAL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var value = new BigDecimal(text);
        return value.scale() > decimalsMax ? Optional.empty() : Optional.of(value);
    }

    private static long clamped(BigDecimal value, long max) {
        var limit = BigDecimal.valueOf(max);
        return value.min(limit).max(limit.negate()).longValue();
    }

    private static Optional<Integer> readInteger(String text) {
        return decimal(text, 0).map(value -> (int) clamped(value, Integer.MAX_VALUE));
    }

    private static Optional<Double> readDouble(String text) {
        return decimal(text, DECIMALS_MAX).map(BigDecimal::doubleValue);
    }

    private static BigDecimal plain(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS_MAX, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    private static Optional<Money> readMoney(String text) {
        return decimal(text, MONEY_DECIMALS_MAX)
                .map(value -> new Money(clamped(value.movePointRight(MONEY_DECIMALS_MAX), Long.MAX_VALUE)));
    }

    private static Optional<Duration> readDuration(String text) {
        return inUnits(text, SECONDS, SECONDS_MAX).map(Duration::ofSeconds);
    }

    private static Optional<Bytes> readBytes(String text) {
        return inUnits(text, BYTES, Long.MAX_VALUE).map(Bytes::new);
    }

    private static Optional<Long> inUnits(String text, List<Unit> units, long max) {
        Matcher matcher = WITH_UNIT.matcher(text);
        return units.stream()
                .filter(unit -> matcher.matches() && unit.name().equals(matcher.group(2)))
                .findFirst()
                .map(unit -> clamped(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.size())), max));
    }

    /** Zero in the smallest. */
    private static String withUnit(long count, List<Unit> units) {
        Unit largest = units.stream()
                .filter(unit -> unit.size() == 1 || (count != 0 && count % unit.size() == 0))
                .findFirst()
                .orElseThrow();
        return count / largest.size() + largest.name();
    }

    private static Optional<Path> readPath(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> readTime(String text) {
        try {
            return TIME_OF_DAY.matcher(text).matches() ? Optional.of(LocalTime.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> readZone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** By name in any case; written as people write it: severities in capitals, all others small. */
    private static <T extends Enum<T>> Form<T> choice(T[] values) {
        Function<T, Object> writer =
                value -> value instanceof Priority ? value.name() : value.name().toLowerCase(Locale.ROOT);
        String howTo = Arrays.stream(values)
                .map(value -> writer.apply(value).toString())
                .collect(Collectors.joining(", "));
        return new Form<>(
                "known value",
                "one of " + howTo,
                text -> Arrays.stream(values)
                        .filter(value -> value.name().equalsIgnoreCase(text))
                        .findFirst(),
                writer);
    }

    private record Unit(String name, long size) {}
}
