package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.runtime.csv.CsvFile;
import io.novacron.zeroops.simulations.trace.SpotMarket.Pool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Reads what spot capacity there was, or what it cost: CSV with a header, one row a pool and instant. Columns: {@code
 * timestamp} or {@code date}; {@code zone} or {@code region}, which names the pool; any of {@code instance_type}, {@code
 * machine_type}, {@code gpu} and {@code count}, which together name the class; {@code available} (1 or 0), or {@code
 * spot_usd_per_h}, or both; {@code on_demand_usd_per_h}. Without {@code available} capacity could always be had, and a row
 * without a spot price, which nobody recorded, is passed over; with it such a row means that there was none to be had.
 */
public final class SpotMarketReader {
    private static final Set<String> CLASS = Set.of("instance_type", "machine_type", "gpu", "count");
    private static final int ROWS_MAX = 20_000_000;

    private final CsvFile csv;
    private final int time;
    private final int zone;
    private final OptionalInt available;
    private final OptionalInt spot;
    private final OptionalInt onDemand;
    private final Map<String, Map<String, Rows>> classes = new TreeMap<>();

    private SpotMarketReader(CsvFile csv) {
        this.csv = csv;
        this.time = oneOf("timestamp", "date");
        this.zone = oneOf("zone", "region");
        this.available = csv.columnIfAny("available");
        this.spot = csv.columnIfAny("spot_usd_per_h");
        this.onDemand = csv.columnIfAny("on_demand_usd_per_h");
        if (available.isEmpty() && spot.isEmpty()) {
            throw csv.problem("no column 'available' or 'spot_usd_per_h'; columns: " + String.join(", ", csv.header()));
        }
    }

    /** @throws CsvException with file, line, value and remedy if it cannot be used */
    public static List<SpotMarket> read(Path file) {
        try (var csv = CsvFile.open(file)) {
            return new SpotMarketReader(csv).read();
        }
    }

    private int oneOf(String first, String second) {
        return csv.columnIfAny(first).orElseGet(() -> csv.columnIfAny(second)
                .orElseThrow(() -> csv.problem(
                        "no column '" + first + "' or '" + second + "'; columns: " + String.join(", ", csv.header()))));
    }

    private List<SpotMarket> read() {
        long count = 0;
        while (csv.next()) {
            if (++count > ROWS_MAX) {
                throw csv.problem("more than " + ROWS_MAX + " rows");
            }
            if (available.isEmpty() && Double.isNaN(price(spot))) {
                continue;
            }
            String pool = csv.text(zone);
            classes.computeIfAbsent(capacityClass(), name -> new TreeMap<>())
                    .computeIfAbsent(pool, name -> new Rows())
                    .add();
        }
        if (classes.isEmpty()) {
            throw csv.problemOfAll("has no data rows with a price or an availability");
        }
        List<SpotMarket> markets = new ArrayList<>();
        classes.forEach((name, pools) -> {
            List<Pool> all = new ArrayList<>();
            pools.forEach((pool, rows) -> all.add(rows.toPool(pool)));
            markets.add(new SpotMarket(name, all));
        });
        return markets;
    }

    private String capacityClass() {
        var name = new StringJoiner("/");
        for (int column = 0; column < csv.header().size(); column++) {
            if (CLASS.contains(csv.header().get(column))) {
                name.add(csv.text(column));
            }
        }
        return name.length() == 0 ? "all" : name.toString();
    }

    private long second() {
        String cell = csv.text(time);
        TimeFormat format = TimeFormat.ISO.parse(cell).isPresent() ? TimeFormat.ISO : TimeFormat.EPOCH_SECONDS;
        return format.parse(cell)
                        .orElseThrow(() -> csv.problem("'" + cell + "' in column '"
                                + csv.header().get(time) + "' is not a time; write one such as 2026-01-05T12:00:00Z"))
                / 1000;
    }

    private double price(OptionalInt column) {
        return column.isEmpty() || csv.text(column.getAsInt()).isEmpty() ? Double.NaN : csv.number(column.getAsInt());
    }

    private boolean isServed(double spotUsd) {
        if (available.isEmpty()) {
            return !Double.isNaN(spotUsd);
        }
        String cell = csv.text(available.getAsInt());
        if (!cell.equals("0") && !cell.equals("1")) {
            throw csv.problem("'" + cell + "' in column 'available' is neither 0 nor 1");
        }
        return cell.equals("1") && (spot.isEmpty() || !Double.isNaN(spotUsd));
    }

    private final class Rows {
        private final List<double[]> rows = new ArrayList<>();
        private final List<Long> seconds = new ArrayList<>();

        void add() {
            long at = second();
            if (!seconds.isEmpty() && at <= seconds.get(seconds.size() - 1)) {
                throw csv.problem((at == seconds.get(seconds.size() - 1) ? "duplicate time '" : "time '")
                        + csv.text(time) + "' is not after that of the pool's row before; sort the rows by time, and"
                        + " take repeats out");
            }
            double spotUsd = price(spot);
            double onDemandUsd = price(onDemand);
            if (onDemandUsd == 0 || spotUsd == 0) {
                throw csv.problem("a price of 0; leave the field empty where there is none");
            }
            seconds.add(at);
            rows.add(new double[] {isServed(spotUsd) ? 1 : 0, spotUsd, onDemandUsd});
        }

        Pool toPool(String name) {
            int count = rows.size();
            boolean[] served = new boolean[count];
            double[] spotUsd = new double[count];
            double[] onDemandUsd = new double[count];
            for (int i = 0; i < count; i++) {
                served[i] = rows.get(i)[0] == 1;
                spotUsd[i] = rows.get(i)[1];
                onDemandUsd[i] = rows.get(i)[2];
            }
            return new Pool(name, seconds.stream().mapToLong(Long::longValue).toArray(), served, spotUsd, onDemandUsd);
        }
    }
}
