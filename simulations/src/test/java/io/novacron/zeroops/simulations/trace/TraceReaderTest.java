package io.novacron.zeroops.simulations.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.novacron.zeroops.simulations.TestData;
import io.novacron.zeroops.simulations.trace.TraceReader.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void readsCountsPerStepAsRates() throws IOException {
        Trace trace = TraceReader.read(
                csv("id,when,requests,other\n7,1998-04-30 21:30:00,60,x\n8,1998-04-30 21:31:00,90,y\n"), "requests");
        assertThat(trace.start()).isEqualTo(Instant.parse("1998-04-30T21:30:00Z"));
        assertThat(trace.steps()).isEqualTo(2);
        assertThat(trace.startMillis(1)).isEqualTo(60_000);
        assertThat(trace.ratePerS(0)).isEqualTo(1);
        assertThat(trace.ratePerS(1)).isEqualTo(1.5);
        assertThat(trace.endMillis()).isEqualTo(120_000);
        assertThat(trace.notes()).isEmpty();
    }

    @Test
    void readsRatesAsTheyAre() throws IOException {
        Trace trace = TraceReader.read(csv("t,r\n2020-01-01,3\n2020-01-02,4\n"), "r", Values.RATE_PER_S);
        assertThat(trace.ratePerS(1)).isEqualTo(4);
        assertThat(trace.endMillis()).isEqualTo(2 * 86_400_000);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00Z, 2020-01-01T00:01:00Z, 2020-01-01T00:00:00Z",
        "2020-01-01T02:00:00+02:00, 2020-01-01T02:01:00+02:00, 2020-01-01T00:00:00Z",
        "2020-01-01T00:00, 2020-01-01T00:01, 2020-01-01T00:00:00Z",
        "1577836800, 1577836860, 2020-01-01T00:00:00Z",
        "1577836800000, 1577836860000, 2020-01-01T00:00:00Z",
        "300, 360, 1970-01-01T00:05:00Z",
        "0.5, 60.5, 1970-01-01T00:00:00.500Z",
    })
    void knowsTheUsualWaysToWriteTime(String first, String second, Instant start) throws IOException {
        Trace trace = TraceReader.read(csv("v,t\n1," + first + "\n2," + second + "\n"), "v");
        assertThat(trace.start()).isEqualTo(start);
        assertThat(trace.endMillis()).isEqualTo(120_000);
    }

    @Test
    void saysThatPlainSecondsHaveNoStart() throws IOException {
        assertThat(TraceReader.read(csv("t_seconds,v\n0,1\n300,2\n"), "v").notes())
                .containsExactly(
                        "trace.csv: column 't_seconds' read as seconds since a start that the file does not tell");
    }

    @Test
    void holdsTheLastValueInGapsAndSaysSo() throws IOException {
        String rows =
                """
                t,v
                2020-01-01T00:00Z,60
                2020-01-01T00:01Z,120
                2020-01-01T00:04Z,180
                2020-01-01T00:05Z,60
                2020-01-01T00:07Z,60
                """;
        Trace trace = TraceReader.read(csv(rows), "v");
        assertThat(trace.ratePerSAt(239_999)).isEqualTo(2);
        assertThat(trace.ratePerSAt(240_000)).isEqualTo(3);
        String note = "trace.csv: 3 steps of 60.0 s missing in 2 gaps, the longest 2 steps after 2020-01-01T00:01:00Z;"
                + " filled with the last value held";
        assertThat(trace.notes()).containsExactly(note);
    }

    @Test
    void saysWhichRowsDoNotFitTheStep() throws IOException {
        String rows =
                """
                t,v
                2020-01-01T00:00:00Z,60
                2020-01-01T00:01:00Z,60
                2020-01-01T00:01:40Z,60
                2020-01-01T00:02:40Z,60
                """;
        Trace trace = TraceReader.read(csv(rows), "v");
        assertThat(trace.startMillis(2)).isEqualTo(100_000);
        assertThat(trace.notes()).singleElement().asString().startsWith("trace.csv: 1 rows not a whole number");
    }

    @Test
    void readsCompressedFilesAndAByteOrderMark() throws IOException {
        Path file = folder.resolve("trace.csv.gz");
        Files.write(file, gzip("\uFEFFv,t\r\n1,0\r\n2,1\r\n"));
        assertThat(TraceReader.read(file, "v").ratePerS(1)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        '' | 0 | is empty
        't,v\\n' | 0 | has a header but no data rows
        't,v\\n0,1\\n' | 0 | has one data row only: the width of a step cannot be known
        't,w\\n0,1\\n' | 1 | no column 'v'; columns: t, w
        'v,v\\n0,1\\n' | 1 | more than one column 'v'
        'x,v\\nred,1\\n' | 2 | no column but 'v' reads as a time; columns: x, v
        't,v\\n0,1\\n0,2\\n' | 3 | duplicate time '0' in column 't'; leave one of the rows out
        't,v\\n5,1\\n4,2\\n' | 3 | time '4' in column 't' is before that of the row before; sort the rows by time
        't,v\\n0,1\\nsoon,2\\n' | 3 | 'soon' in column 't' is not a time
        't,v\\n2020-01-01,1\\n2020-13-01,2\\n' | 3 | '2020-13-01' in column 't' is not a time
        't,v\\n0,1\\n1,many' | 3 | 'many' in column 'v' is not a number; correct it, or leave the row out
        't,v\\n0,1\\n1,5d' | 3 | '5d' in column 'v' is not a number; correct it, or leave the row out
        't,v\\n0,1\\n1,0x1p3' | 3 | '0x1p3' in column 'v' is not a number; correct it, or leave the row out
        't,v\\n0,1\\n1f,2' | 3 | '1f' in column 't' is not a time
        't,v\\n0,1\\n1,-2\\n' | 3 | '-2' in column 'v' is not a finite number of at least 0; correct it, or leave the row out
        't,v\\n0,NaN\\n1,2\\n' | 2 | 'NaN' in column 'v' is not a finite number of at least 0; correct it, or leave the row out
        't,v\\n0,1\\n1,Infinity\\n' | 3 | 'Infinity' in column 'v' is not a finite number of at least 0; correct it, or leave the row out
        't,v\\n0,1\\n1\\n' | 3 | has 1 fields, but the header has 2
        't,v\\n0,1\\n1,2,3\\n' | 3 | has 3 fields, but the header has 2
        """)
    void saysWhatIsWrongAndWhere(String content, long line, String problem) throws IOException {
        Path file = csv(content.replace("\\n", "\n"));
        TraceException e = failure(file);
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.file()).isEqualTo(file.toString());
        assertThat(e).hasMessage(file + (line == 0 ? "" : ", line " + line) + ": " + problem);
    }

    @Test
    void countsLinesNotRows() throws IOException {
        assertThat(failure(csv("t,v,text\n0,1,\"two\nlines\"\n\n1,x,\n"))).hasMessageContaining(", line 5: 'x'");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        assertThat(failure(folder.resolve("none.csv"))).hasMessageEndingWith("none.csv: does not exist");
        assertThat(failure(folder)).hasMessageEndingWith(": is a directory, not a file");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "t,v\n0,ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failure(latin)).hasMessageEndingWith("is not UTF-8 text");
        Path quoted = csv("t,v\n0,1\n1,\"2\n");
        assertThat(failure(quoted)).hasMessageContaining("cannot be read: ");
    }

    @Test
    void tellsTruncatedFromNotCompressed() throws IOException {
        Path file = folder.resolve("trace.csv.gz");
        StringBuilder rows = new StringBuilder("t,v\n");
        for (int row = 0; row < 100_000; row++) {
            rows.append(row).append(',').append(row * 7919L % 1013).append('\n');
        }
        byte[] whole = gzip(rows.toString());
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        TraceException truncated = failure(file);
        assertThat(truncated).hasMessageEndingWith("is truncated: its compressed data end in the middle");
        assertThat(truncated.line()).isBetween(10_000L, 90_000L);
        Files.write(file, new byte[0]);
        assertThat(failure(file)).hasMessageEndingWith(": is empty");
        Files.write(file, Arrays.copyOf(whole, 5));
        assertThat(failure(file)).hasMessageContaining("is truncated");
        Files.writeString(file, "t,v\n0,1\n1,2\n");
        assertThat(failure(file)).hasMessageContaining("is not valid gzip");
    }

    @Test
    void readsTheWorldCup() {
        Trace trace = TraceReader.read(TestData.file("worldcup98/requests_per_minute.csv.gz"), "requests");
        assertThat(trace.start()).isEqualTo(Instant.parse("1998-04-30T21:30:00Z"));
        assertThat(trace.steps()).isEqualTo(85_100);
        assertThat(trace.peakPerS()).isEqualTo(213_235 / 60.0);
        assertThat(trace.notes()).singleElement().asString().contains("10 steps of 60.0 s missing");
    }

    @Test
    void readsALogWithDaysMissing() {
        Trace trace = TraceReader.read(TestData.file("nasa-http/requests_per_minute.csv.gz"), "requests");
        assertThat(trace.notes()).singleElement().asString().contains("after 1995-07-28T13:32:00Z");
    }

    @Test
    void readsSecondsFromTheStart() {
        Trace trace =
                TraceReader.read(TestData.file("fleet-5min/azure_v2_2019_fleet.csv"), "cpu_usage", Values.RATE_PER_S);
        assertThat(trace.startMillis(1)).isEqualTo(300_000);
        assertThat(trace.ratePerS(0)).isEqualTo(6135515.87712279);
    }

    private Path csv(String content) throws IOException {
        return Files.writeString(folder.resolve("trace.csv"), content);
    }

    private static TraceException failure(Path file) {
        return catchThrowableOfType(TraceException.class, () -> TraceReader.read(file, "v"));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
