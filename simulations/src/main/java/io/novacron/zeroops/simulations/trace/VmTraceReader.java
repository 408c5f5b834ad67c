package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.runtime.csv.CsvFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what VMs used: a folder with one CSV file a VM, or one file with a row a VM. Which it is, the header tells.
 *
 * <p>A file of one VM has the columns {@code ts} (or {@code timestamp}), {@code cores} (provisioned) and {@code cpu_pct} (percent
 * of them); where there are such, {@code mem_cap_kb} and {@code mem_used_kb}, {@code disk_read_kbps} and {@code
 * disk_write_kbps}, {@code net_rx_kbps} and {@code net_tx_kbps} (KB/s). A file with a row a VM has {@code vm} and {@code t000},
 * {@code t001}, ...: percent of its CPU, every five minutes.
 */
public final class VmTraceReader {
    public static final int VMS_MAX = 20_000;

    /** Of the rows that may be spaced otherwise than by whole steps; more is a mixture of resolutions. */
    private static final double UNEVEN_SHARE_MAX = 0.1;
    /** Of a step: clocks that collect telemetry are no better. */
    private static final double JITTER = 0.25;

    private static final double KIB_PER_GIB = 1 << 20;
    /** KB/s to Mbit/s. */
    private static final double MBIT_PER_KB = 8.0 / 1000;

    private static final int NAMES_SHOWN = 4;

    private final double vcpusPerVm;
    private final List<VmTrace> vms = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long clipped;

    private VmTraceReader(double vcpusPerVm) {
        this.vcpusPerVm = vcpusPerVm;
    }

    /**
     * @param vcpusPerVm where the file does not tell
     * @throws CsvException with file, line, value and remedy if it cannot be used
     */
    public static VmTraces read(Path path, double vcpusPerVm) {
        var reader = new VmTraceReader(vcpusPerVm);
        List<Path> files = Files.isDirectory(path) ? files(path) : List.of(path);
        for (Path file : files) {
            reader.read(file, files.size() == 1);
        }
        return reader.fleet(path);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file, boolean isOnly) {
        try (var csv = CsvFile.open(file)) {
            List<String> header = csv.header();
            if (header.contains("cpu_pct") && (header.contains("ts") || header.contains("timestamp"))) {
                vms.add(new OneVm(csv, vmName(file)).read());
            } else if (header.contains("vm") && header.contains("t000")) {
                if (!isOnly) {
                    throw csv.problem("holds all VMs of a while: name this one file instead of its folder");
                }
                readRows(csv);
            } else if (isOnly) {
                throw csv.problem("neither of one VM (columns ts, cores, cpu_pct, ...) nor with a row a VM (vm, t000,"
                        + " t001, ...); columns: " + String.join(", ", header));
            } else {
                passedOver.add(String.valueOf(file.getFileName()));
            }
            if (vms.size() > VMS_MAX) {
                throw csv.problem("more than " + VMS_MAX + " VMs");
            }
        }
    }

    private static String vmName(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\.csv(\\.gz)?$", "");
    }

    private VmTraces fleet(Path path) {
        if (vms.isEmpty()) {
            throw new CsvException(
                    path,
                    CsvException.NO_LINE,
                    "holds no CSV file of a VM; one has at least the columns ts, cores and cpu_pct");
        }
        VmTrace first = vms.get(0);
        for (VmTrace vm : vms) {
            if (vm.stepS() != first.stepS()) {
                throw new CsvException(
                        path,
                        CsvException.NO_LINE,
                        "mixed resolutions: " + first.name() + " has a sample every " + first.stepS() + " s, "
                                + vm.name() + " every " + vm.stepS() + " s; bring them to one step");
            }
        }
        if (!passedOver.isEmpty()) {
            notes.add("passed over, no VM's columns: "
                    + String.join(", ", passedOver.subList(0, Math.min(NAMES_SHOWN, passedOver.size())))
                    + (passedOver.size() > NAMES_SHOWN ? " and " + (passedOver.size() - NAMES_SHOWN) + " more" : ""));
        }
        if (clipped > 0) {
            notes.add(clipped + " samples above 100 % of the CPU taken as 100 %");
        }
        return new VmTraces(vms, notes);
    }

    private void readRows(CsvFile csv) {
        int name = csv.column("vm");
        int steps = csv.header().size() - 1;
        int[] columns = new int[steps];
        for (int step = 0; step < steps; step++) {
            columns[step] = csv.column(String.format(Locale.ROOT, "t%03d", step));
        }
        while (csv.next()) {
            long[] seconds = new long[steps];
            double[] used = new double[steps];
            double[] vcpus = new double[steps];
            for (int step = 0; step < steps; step++) {
                seconds[step] = step * 300L;
                vcpus[step] = vcpusPerVm;
                used[step] = share(csv, columns[step]) * vcpusPerVm;
            }
            if (vms.size() >= VMS_MAX) {
                throw csv.problem("more than " + VMS_MAX + " VMs");
            }
            vms.add(new VmTrace(csv.text(name), 300, seconds, Map.of(Dimension.CPU, used), vcpus, new double[steps]));
        }
        notes.add(csv.header().size() - 1 + " steps of 300 s; CPU only, of VMs taken to have " + vcpusPerVm
                + " vCPU each");
    }

    private double share(CsvFile csv, int column) {
        double percent = csv.number(column);
        if (percent > 100) {
            clipped++;
        }
        return Math.min(1, percent / 100);
    }

    /** One file of one VM. */
    private final class OneVm {
        private final CsvFile csv;
        private final String name;
        private final EnumSet<Dimension> measured = EnumSet.of(Dimension.CPU);
        private final List<long[]> times = new ArrayList<>();
        private final List<double[]> rows = new ArrayList<>();

        OneVm(CsvFile csv, String name) {
            this.csv = csv;
            this.name = name;
        }

        VmTrace read() {
            int time = csv.header().contains("ts") ? csv.column("ts") : csv.column("timestamp");
            int cores = csv.column("cores");
            int cpu = csv.column("cpu_pct");
            int[] memory = pair(Dimension.MEMORY, "mem_cap_kb", "mem_used_kb");
            int[] disk = pair(Dimension.STORAGE, "disk_read_kbps", "disk_write_kbps");
            int[] network = pair(Dimension.NETWORK, "net_rx_kbps", "net_tx_kbps");
            TimeFormat format = null;
            while (csv.next()) {
                if (format == null) {
                    format = TimeFormat.ISO.parse(csv.text(time)).isPresent()
                            ? TimeFormat.ISO
                            : TimeFormat.ofNumbers(csv.number(time));
                }
                addTime(format, time);
                double had = csv.number(cores);
                if (had == 0) {
                    throw csv.problem("'" + csv.text(cores) + "' in column 'cores': a VM has more than none");
                }
                double memoryGib = memory.length == 0 ? 0 : csv.number(memory[0]) / KIB_PER_GIB;
                double memoryUsed = memory.length == 0 ? 0 : csv.number(memory[1]) / KIB_PER_GIB;
                rows.add(new double[] {
                    had, memoryGib, share(csv, cpu) * had, Math.min(memoryUsed, memoryGib), sum(network), sum(disk)
                });
            }
            if (rows.size() < 2) {
                throw csv.problemOfAll("has fewer than two rows of data: the width of a step cannot be known");
            }
            return vm();
        }

        /** Both columns, or none; one alone is a mistake. */
        private int[] pair(Dimension dimension, String first, String second) {
            boolean isThere = csv.columnIfAny(first).isPresent()
                    || csv.columnIfAny(second).isPresent();
            if (!isThere) {
                return new int[0];
            }
            measured.add(dimension);
            return new int[] {csv.column(first), csv.column(second)};
        }

        private double sum(int[] columns) {
            return columns.length == 0 ? 0 : (csv.number(columns[0]) + csv.number(columns[1])) * MBIT_PER_KB;
        }

        private void addTime(TimeFormat format, int column) {
            String cell = csv.text(column);
            long at = format.parse(cell)
                            .orElseThrow(() -> csv.problem(
                                    "'" + cell + "' in column '" + csv.header().get(column) + "' is not a time"))
                    / 1000;
            if (!times.isEmpty() && at <= times.get(times.size() - 1)[0]) {
                throw csv.problem((at == times.get(times.size() - 1)[0] ? "duplicate time '" : "time '") + cell
                        + "' in column '" + csv.header().get(column) + "' is not after that of the row before; sort the"
                        + " rows, and take repeats out");
            }
            times.add(new long[] {at, csv.line()});
        }

        private VmTrace vm() {
            int step = step();
            int count = rows.size();
            long[] seconds = new long[count];
            Map<Dimension, double[]> used = new EnumMap<>(Dimension.class);
            measured.forEach(dimension -> used.put(dimension, new double[count]));
            double[] vcpus = new double[count];
            double[] memoryGib = new double[count];
            for (int i = 0; i < count; i++) {
                double[] row = rows.get(i);
                seconds[i] = times.get(i)[0];
                vcpus[i] = row[0];
                memoryGib[i] = row[1];
                for (Map.Entry<Dimension, double[]> one : used.entrySet()) {
                    one.getValue()[i] = value(row, one.getKey());
                }
            }
            return new VmTrace(name, step, seconds, used, vcpus, memoryGib);
        }

        /** Of a row as it is kept. */
        private static double value(double[] row, Dimension dimension) {
            return switch (dimension) {
                case CPU -> row[2];
                case MEMORY -> row[3];
                case NETWORK -> row[4];
                case STORAGE -> row[5];
                case GPU -> 0;
            };
        }

        /** The median spacing; whole multiples of it are gaps, and anything else in number a second resolution. */
        private int step() {
            long[] spacings = new long[times.size() - 1];
            for (int i = 0; i < spacings.length; i++) {
                spacings[i] = times.get(i + 1)[0] - times.get(i)[0];
            }
            long[] sorted = spacings.clone();
            Arrays.sort(sorted);
            long step = Math.max(1, sorted[(sorted.length - 1) / 2]);
            int uneven = 0;
            long firstUneven = 0;
            for (int i = 0; i < spacings.length; i++) {
                double steps = (double) spacings[i] / step;
                if (Math.abs(steps - Math.max(1, Math.rint(steps))) > JITTER && uneven++ == 0) {
                    firstUneven = times.get(i + 1)[1];
                }
            }
            if (uneven > UNEVEN_SHARE_MAX * spacings.length && uneven > 1) {
                throw csv.problemOfAll("mixed resolutions: most rows are " + step + " s apart, but " + uneven + " of "
                        + spacings.length + " are not a whole number of such steps, first in line " + firstUneven
                        + "; bring it to one step");
            }
            return (int) Math.min(step, Integer.MAX_VALUE);
        }
    }
}
