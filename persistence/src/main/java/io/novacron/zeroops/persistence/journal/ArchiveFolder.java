package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of a directory of archives: for each month one of rows, compressed JSON lines, and its manifest. Each is written
 * under another name, forced to the disk and then renamed, the manifest last: what has a manifest is whole.
 */
final class ArchiveFolder {
    private static final Pattern FILES = Pattern.compile("journal-(\\d{4}-\\d{2})\\.(manifest\\.json|jsonl\\.gz)");
    private static final String TEMPORARY = ".tmp";
    private static final int BUFFER_BYTES = 1 << 16;

    /** A manifest has little but settings: more is none. */
    private static final long MANIFEST_BYTES_MAX = 64L << 20;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Path directory;

    ArchiveFolder(Path directory) {
        this.directory = directory;
    }

    /** Without what its name ends in. */
    static String name(YearMonth month) {
        return "journal-" + month;
    }

    Path rows(YearMonth month) {
        return directory.resolve(name(month) + ".jsonl.gz");
    }

    Path manifest(YearMonth month) {
        return directory.resolve(name(month) + ".manifest.json");
    }

    /** Of which there is a file, of either kind, in order. */
    List<YearMonth> months() throws IOException {
        var found = new TreeSet<YearMonth>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                month(file).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    /** Of which month this is a file; empty if of none. */
    static Optional<YearMonth> month(Path file) {
        Matcher name = FILES.matcher(String.valueOf(file.getFileName()));
        try {
            return name.matches() ? Optional.of(YearMonth.parse(name.group(1))) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Empty if there is none; throws if it cannot be understood. */
    Optional<ArchiveManifest> read(YearMonth month) throws IOException {
        Path file = manifest(month);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MANIFEST_BYTES_MAX) {
            throw new IOException(file + " is no manifest of an archive: it is too long");
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), ArchiveManifest.class));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no manifest of an archive: " + e.getOriginalMessage(), e);
        }
    }

    /** Of a manifest, as the next month's names it; empty if there is none. */
    String manifestSha256(YearMonth month) throws IOException {
        Path file = manifest(month);
        return Files.isRegularFile(file) ? hex(sha256().digest(Files.readAllBytes(file))) : "";
    }

    void write(YearMonth month, ArchiveManifest manifest) throws IOException {
        Path temporary = temporary(manifest(month));
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        appear(temporary, manifest(month));
    }

    private void appear(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    Writer writer(YearMonth month) throws IOException {
        return new Writer(month);
    }

    /** Writes the rows of a month; without {@link #finish} nothing appears. */
    final class Writer implements AutoCloseable {
        private final YearMonth month;
        private final Path temporary;
        private final FileOutputStream file;
        private final DigestOutputStream compressed;
        private final GZIPOutputStream gzip;
        private final DigestOutputStream content;
        private final EventCodec codec = new EventCodec();

        private Writer(YearMonth month) throws IOException {
            this.month = month;
            this.temporary = temporary(rows(month));
            this.file = new FileOutputStream(temporary.toFile());
            this.compressed = new DigestOutputStream(file, sha256());
            this.gzip = new GZIPOutputStream(compressed, BUFFER_BYTES);
            this.content = new DigestOutputStream(gzip, sha256());
        }

        void add(ArchiveRow row) throws IOException {
            String line = JSON.writeValueAsString(row);
            var events = new ArrayList<String>();
            codec.eventsFromCbor(row.payload()).forEach(event -> events.add(codec.toJson(event)));
            String whole = line.substring(0, line.length() - 1) + ",\"events\":[" + String.join(",", events) + "]}\n";
            content.write(whole.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns the sums of the content and of the file. */
        Sums finish() throws IOException {
            content.flush();
            gzip.finish();
            compressed.flush();
            file.getChannel().force(true);
            file.close();
            appear(temporary, rows(month));
            return new Sums(
                    hex(content.getMessageDigest().digest()),
                    hex(compressed.getMessageDigest().digest()));
        }

        @Override
        public void close() throws IOException {
            file.close();
            Files.deleteIfExists(temporary);
        }
    }

    record Sums(String content, String file) {}

    /** Of the file of rows, as it is. */
    String fileSha256(YearMonth month) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(rows(month))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest.digest());
    }

    /** Each row, in order; returns the sum of the content. To be read only once the file's own sum is right. */
    String forEach(YearMonth month, Consumer<ArchiveRow> consumer) throws IOException {
        MessageDigest digest = sha256();
        try (var reader = new BufferedReader(
                new InputStreamReader(
                        new DigestInputStream(
                                new GZIPInputStream(Files.newInputStream(rows(month)), BUFFER_BYTES), digest),
                        StandardCharsets.UTF_8),
                BUFFER_BYTES)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(JSON.readValue(line, ArchiveRow.class));
            }
        }
        return hex(digest.digest());
    }
}
