package io.novacron.zeroops.runtime.signal;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Public traces from the shared data folder, as one load for each minute. */
final class Traces {

    /** A load that is constant within each minute. */
    static final class Trace {
        private final String name;
        private final long startMillis;
        private final double[] loadByMinute;

        Trace(String name, long startMillis, double[] loadByMinute) {
            this.name = name;
            this.startMillis = startMillis;
            this.loadByMinute = loadByMinute;
        }

        String name() {
            return name;
        }

        long startMillis() {
            return startMillis;
        }

        int minutes() {
            return loadByMinute.length;
        }

        double load(int minute) {
            return loadByMinute[minute];
        }
    }

    private Traces() {}

    /** Requests in each minute; minutes that the file leaves out had none. */
    static Trace requests(String folder) throws IOException {
        List<String[]> rows = rows(folder + "/requests_per_minute.csv.gz");
        long first = minute(rows.get(0)[0]);
        double[] load = new double[(int) (minute(rows.get(rows.size() - 1)[0]) - first) + 1];
        for (String[] row : rows) {
            load[(int) (minute(row[0]) - first)] = Double.parseDouble(row[1]);
        }
        return new Trace(folder, first * 60_000, load);
    }

    /** One column of a fleet's 5-minute utilisation, constant within the 5 minutes. */
    static Trace fleet(String file, int column, double factor) throws IOException {
        List<String[]> rows = rows("fleet-5min/" + file);
        double[] load = new double[rows.size() * 5];
        for (int i = 0; i < load.length; i++) {
            load[i] = factor * Double.parseDouble(rows.get(i / 5)[column]);
        }
        return new Trace(file, 0, load);
    }

    private static long minute(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC) / 60;
    }

    private static List<String[]> rows(String name) throws IOException {
        Path path = folder().resolve(name);
        List<String[]> rows = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(path);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(line.split(",", -1));
            }
        }
        return rows;
    }

    private static Path folder() {
        @Nullable String set = System.getenv("ZEROOPS_DATA");
        return Stream.of(set, "../shared/data", "../../shared/data")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> abort("skipped: needs the shared data folder, set ZEROOPS_DATA"));
    }
}
