package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on a host of its own, with its data in memory: so its disk can be made full, and is not what the test
 * waits for. Killing it loses nothing, as the memory is the operating system's.
 */
final class Postgres implements AutoCloseable {
    static final int PORT = 5432;
    static final String PASSWORD = "only-of-this-test";
    static final String OWNER = "zeroops_owner";
    static final String NODE = "zeroops_node";
    static final String DATABASE = "zeroops";

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DISK_MB = 1_024;
    private static final int BLOCK = 1 << 16;

    private final Host host;
    private final Path binaries;
    private final Path disk;
    private final Supervised server;

    private Postgres(Host host, Path binaries, Path folder) {
        this.host = host;
        this.binaries = binaries;
        this.disk = TEMPORARY.resolve(host.namespace());
        Path log = folder.resolve("postgres.log");
        this.server = new Supervised(
                "PostgreSQL",
                () -> host.command(
                        asPostgres(List.of(binaries.resolve("postgres").toString(), "-D", data().toString())),
                        log,
                        log));
    }

    /** The folder of the newest server's programs; empty if none is installed. */
    static Optional<Path> installation() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .sorted()
                    .reduce((older, newer) -> newer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param folder of its log */
    static Postgres start(Host host, Path folder) throws IOException, InterruptedException {
        var postgres = new Postgres(host, installation().orElseThrow(), Files.createDirectories(folder));
        try {
            postgres.begin();
            return postgres;
        } catch (RuntimeException | IOException | InterruptedException e) {
            postgres.close();
            throw e;
        }
    }

    private void begin() throws IOException, InterruptedException {
        initialize();
        server.start();
        awaitReady();
        sql("postgres", "CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'");
        sql("postgres", "CREATE ROLE " + NODE + " LOGIN PASSWORD '" + PASSWORD + "'");
        sql("postgres", "CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
    }

    private Path data() {
        return disk.resolve("data");
    }

    private static List<String> asPostgres(List<String> command) {
        return Stream.concat(
                        Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"),
                        command.stream())
                .toList();
    }

    private void initialize() throws IOException {
        removeStale();
        Files.createDirectories(disk);
        Shell.run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "zeroops", disk.toString());
        Path password = Files.writeString(disk.resolve("password"), PASSWORD);
        Files.createDirectories(data());
        Shell.run("chown", "postgres:postgres", disk.toString(), data().toString(), password.toString());
        Shell.run(
                "",
                asPostgres(List.of(
                        binaries.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=postgres",
                        "--pwfile=" + password,
                        "--auth-host=scram-sha-256",
                        "--auth-local=trust",
                        "--no-sync")));
        Files.writeString(
                data().resolve("postgresql.conf"),
                "listen_addresses = '" + host.address() + "'\nunix_socket_directories = '" + disk + "'\nport = " + PORT
                        + "\nshared_buffers = 64MB\nmax_connections = 200\nmax_wal_size = 256MB\n",
                StandardOpenOption.APPEND);
        Files.writeString(
                data().resolve("pg_hba.conf"), "host all all samenet scram-sha-256\n", StandardOpenOption.APPEND);
    }

    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Shell.works(
                binaries.resolve("pg_isready").toString(), "-q", "-h", disk.toString(), "-p", Integer.toString(PORT))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("PostgreSQL is not ready after " + PATIENCE);
            }
            Thread.sleep(100);
        }
    }

    /** As the superuser, by the socket on its disk, which no fault of the network concerns; one row a line, columns by |. */
    String sql(String database, String statement) {
        return Shell.run(
                statement,
                List.of(
                        "psql",
                        "-h",
                        disk.toString(),
                        "-U",
                        "postgres",
                        "-d",
                        database,
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-qAt"));
    }

    Host host() {
        return host;
    }

    String url() {
        return "jdbc:postgresql://" + host.address() + ":" + PORT + "/" + DATABASE;
    }

    /** SIGKILL to all its processes at once; the supervisor starts it anew. */
    void crash() {
        host.powerOff();
    }

    /** All there is, for who has to find out what went wrong. */
    void dump(Path file) {
        Shell.run("pg_dump", "-h", disk.toString(), "-U", "postgres", "-f", file.toString(), DATABASE);
    }

    /** Not one block is left on its disk. */
    void fillDisk() throws IOException {
        byte[] block = new byte[BLOCK];
        try (var ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            for (long written = 0; written < DISK_MB << 20L; written += BLOCK) {
                ballast.write(block);
            }
        } catch (IOException full) {
            if (disk.toFile().getUsableSpace() >= BLOCK) {
                throw full;
            }
        }
    }

    void freeDisk() throws IOException {
        Files.deleteIfExists(disk.resolve("ballast"));
    }

    @Override
    public void close() {
        server.close();
        host.powerOff();
        unmount(disk);
    }

    private static void unmount(Path disk) {
        Shell.works("umount", "-l", disk.toString());
        disk.toFile().delete(); // only what is empty
    }

    /** What a dead process left: see {@link Network}. */
    private static void removeStale() throws IOException {
        try (var all = Files.newDirectoryStream(TEMPORARY, "zo*-db")) {
            for (Path one : all) {
                String owner = one.getFileName().toString().replaceAll("\\D", "");
                if (!owner.isEmpty() && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
                    unmount(one);
                }
            }
        }
    }
}
