package io.novacron.zeroops.runtime.pricing;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.Catalogue;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.InstanceType;
import io.novacron.zeroops.agents.provisioning.Prices;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.runtime.csv.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a list of instance types with their prices in US dollars: CSV with a header, one row a type (and region). Columns:
 * {@code instance_type} or {@code machine_type}, {@code on_demand_usd_per_h}, {@code vcpu}, and {@code memory_mib} or {@code
 * ram_gib}; where there are such, {@code region}, {@code arch}, {@code network_mbps}, {@code ebs_mbps} or {@code storage_mbps},
 * {@code gpu_count}, {@code gpu_name}, {@code spot_usd_per_h}, {@code commit_1y_usd_per_month}, {@code commit_3y_usd_per_month}.
 */
public final class PriceListReader {
    /** Of a month as providers bill commitments: 365 x 24 / 12. */
    private static final double HOURS_PER_MONTH = 730;

    private static final double MIB_PER_GIB = 1024;
    private static final int TYPES_MAX = 100_000;
    private static final int NAMES_SHOWN = 4;

    /** Dollars an hour beyond which a price is a mistake. */
    private static final double PRICE_MAX = 1e6;

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "instance_type",
            "machine_type",
            "region",
            "arch",
            "on_demand_usd_per_h",
            "spot_usd_per_h",
            "commit_1y_usd_per_month",
            "commit_3y_usd_per_month",
            "vcpu",
            "memory_mib",
            "ram_gib",
            "network_mbps",
            "ebs_mbps",
            "storage_mbps",
            "gpu_count",
            "gpu_name"));

    /** AWS T and GCE shared-core families, whose CPU is a baseline with bursts; the lists themselves do not tell. */
    private static final Pattern BURSTABLE = Pattern.compile("t\\d[a-z]*\\..*|e2-(micro|small|medium)|[fg]1-.*");

    /** GCE families with Arm processors, where a list has no column for it. */
    private static final Pattern ARM = Pattern.compile("(t2a|c4a|n4a)-.*");

    private final CsvFile csv;
    private final Optional<String> region;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Set<String> regions = new TreeSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<InstanceType> types = new ArrayList<>();
    private final List<String> unsized = new ArrayList<>();

    private PriceListReader(CsvFile csv, Optional<String> region) {
        this.csv = csv;
        this.region = region;
    }

    /**
     * @param region whose prices are meant; needed where the list has more than one
     * @throws CsvException with line, value and remedy if the list cannot be used
     */
    public static PriceList read(Path file, Optional<String> region) {
        try (var csv = CsvFile.open(file)) {
            return new PriceListReader(csv, region).read();
        }
    }

    private PriceList read() {
        for (String name : csv.header()) {
            if (!KNOWN.contains(name)) {
                throw csv.problem("unknown column '" + name + "'; a price list has " + String.join(", ", KNOWN));
            }
            columns.put(name, csv.column(name));
        }
        int name = oneOf("instance_type", "machine_type");
        oneOf("memory_mib", "ram_gib");
        csv.column("vcpu");
        int price = csv.column("on_demand_usd_per_h");
        while (csv.next()) {
            if (isWanted()) {
                add(csv.text(name), price);
            }
        }
        return list();
    }

    private int oneOf(String first, String second) {
        Integer column = columns.containsKey(first) ? columns.get(first) : columns.get(second);
        if (column == null) {
            throw csv.problem(
                    "no column '" + first + "' or '" + second + "'; columns: " + String.join(", ", csv.header()));
        }
        return column;
    }

    private boolean isWanted() {
        Integer column = columns.get("region");
        if (column == null) {
            return true;
        }
        regions.add(csv.text(column));
        return region.map(csv.text(column)::equals).orElse(true);
    }

    private void add(String name, int price) {
        if (region.isEmpty() && regions.size() > 1) {
            throw csv.problem("prices of more than one region (" + String.join(", ", regions)
                    + " ...): say which is meant (--region)");
        }
        if (name.isEmpty()) {
            throw csv.problem("a type without a name");
        } else if (!names.add(name)) {
            throw csv.problem("type '" + name + "' a second time: take one of both rows out");
        } else if (names.size() > TYPES_MAX) {
            throw csv.problem("more than " + TYPES_MAX + " types");
        }
        if (csv.text(price).isEmpty() || csv.number(price) == 0) {
            throw csv.problem("type '" + name + "' has no price in column 'on_demand_usd_per_h':"
                    + " give it one, or take the row out");
        }
        double vcpu = amount("vcpu").orElse(0.0);
        double memory = amount("memory_mib")
                .map(mib -> mib / MIB_PER_GIB)
                .or(() -> amount("ram_gib"))
                .orElse(0.0);
        if (vcpu == 0 || memory == 0) {
            unsized.add(name);
            return;
        }
        var capacity = new Resources(
                vcpu,
                memory,
                amount("network_mbps").orElse(0.0),
                amount("ebs_mbps").or(() -> amount("storage_mbps")).orElse(0.0),
                amount("gpu_count").orElse(0.0));
        var prices = new Prices(
                money(csv.number(price)),
                amount("spot_usd_per_h").map(this::money),
                amount("commit_1y_usd_per_month").map(month -> money(month / HOURS_PER_MONTH)),
                amount("commit_3y_usd_per_month").map(month -> money(month / HOURS_PER_MONTH)));
        types.add(new InstanceType(
                name, architecture(name), BURSTABLE.matcher(name).matches(), capacity, prices));
    }

    private String architecture(String name) {
        Integer column = columns.get("arch");
        if (column != null) {
            return csv.text(column);
        }
        return ARM.matcher(name).matches() ? "arm64" : "amd64";
    }

    /** Empty if there is no such column, or nothing in it. */
    private Optional<Double> amount(String name) {
        Integer column = columns.get(name);
        return column == null || csv.text(column).isEmpty() ? Optional.empty() : Optional.of(csv.number(column));
    }

    private Money money(double dollars) {
        if (dollars > PRICE_MAX) {
            throw csv.problem("a price of " + dollars + " dollars an hour: more than " + (long) PRICE_MAX
                    + " is taken as a mistake");
        }
        return Money.dollars(dollars);
    }

    private PriceList list() {
        if (types.isEmpty()) {
            String which = region.isPresent() && !regions.isEmpty()
                    ? " in region '" + region.get() + "'; regions: " + String.join(", ", regions)
                    : "";
            throw csv.problemOfAll("has no type with a size and a price" + which);
        }
        var catalogue = new Catalogue(types);
        List<String> notes = new ArrayList<>();
        if (!unsized.isEmpty()) {
            notes.add(unsized.size() + " types whose vCPU or memory the list does not tell are left out ("
                    + String.join(", ", unsized.subList(0, Math.min(NAMES_SHOWN, unsized.size())))
                    + (unsized.size() > NAMES_SHOWN ? ", ..." : "") + ")");
        }
        List<String> untold = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            if (!catalogue.told().contains(dimension)) {
                untold.add(dimension.spelling());
            }
        }
        if (!untold.isEmpty()) {
            notes.add("the price list tells nothing about " + String.join(" and ", untold)
                    + ", so that no need of it is taken into account");
        }
        return new PriceList(catalogue, notes);
    }
}
