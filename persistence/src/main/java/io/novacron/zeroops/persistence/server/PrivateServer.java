package io.novacron.zeroops.persistence.server;

import io.novacron.zeroops.persistence.journal.PostgresOptions;
import io.novacron.zeroops.persistence.journal.PostgresSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of one's own, in a temporary folder, that can also be killed and started again. It runs as user
 * {@code postgres} where this process is root's, as which it refuses to run.
 */
public final class PrivateServer implements AutoCloseable {
    /** What to do where {@link #installation} finds none. */
    public static final String MISSING = "needs PostgreSQL (apt-get install postgresql)";

    public static final String SUPERUSER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "secret-of-the-private-server";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Path binaries;
    private final Path folder;
    private final String host;
    private final int port;
    private final Map<String, String> settings;
    private Process process;

    private PrivateServer(Path binaries, Path folder, String host, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        this.binaries = binaries;
        this.folder = folder;
        this.host = host;
        this.port = port;
        this.settings = new TreeMap<>(settings);
        this.process = launch();
    }

    /** The folder of the newest server's programs; empty if none is installed. */
    public static Optional<Path> installation() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getName(bin.getNameCount() - 2).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a free port of loopback. */
    public static PrivateServer start() throws IOException, InterruptedException {
        return start("127.0.0.1", freePort(), Map.of());
    }

    /** The same, on the disk of a folder, which its user may enter from now on; those above it must let it. */
    public static PrivateServer startIn(Path parent) throws IOException, InterruptedException {
        if (isRoot()) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        }
        return start(
                Files.createTempDirectory(parent, "zeroops-postgres-").toAbsolutePath(),
                "127.0.0.1",
                freePort(),
                Map.of());
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /**
     * Makes a server and starts it; returns once it takes connections.
     *
     * @param settings of {@code postgresql.conf}
     * @throws IOException with what the server said, if it does not start
     */
    public static PrivateServer start(String host, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(Files.createTempDirectory("zeroops-postgres-"), host, port, settings);
    }

    private static PrivateServer start(Path folder, String host, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        try {
            Path binaries = installation().orElseThrow(() -> new IOException(MISSING));
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            give(folder, password);
            run(
                    folder,
                    binaries.resolve("initdb").toString(),
                    "--pgdata=" + folder.resolve("data"),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync");
            return new PrivateServer(binaries, folder, host, port, settings);
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void give(Path... paths) throws IOException {
        if (isRoot()) {
            for (Path path : paths) {
                Files.setOwner(
                        path,
                        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SUPERUSER));
            }
        }
        Files.setPosixFilePermissions(paths[0], PosixFilePermissions.fromString("rwx------"));
    }

    private static ProcessBuilder command(Path folder, List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups"));
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all);
        builder.directory(folder.toFile());
        builder.redirectErrorStream(true);
        return builder;
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = command(folder, List.of(command)).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed: " + said);
        }
    }

    private Process launch() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString()));
        var all = new TreeMap<>(settings);
        all.put("listen_addresses", host);
        all.put("port", Integer.toString(port));
        all.put("unix_socket_directories", "");
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Process started = command(folder, command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long until = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > until) {
                started.destroyForcibly();
                throw new IOException("the server does not start: " + Files.readString(log()));
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return started;
    }

    private boolean answers() {
        try (Connection connection = superuser("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** What the server says. */
    public Path log() {
        return folder.resolve("log");
    }

    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** A connection that may do anything. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?connectTimeout=2", SUPERUSER, PASSWORD);
    }

    /** A new, empty database, its owner's role, and one for an application. */
    public record Roles(String url, String owner, String application, String password) {
        /** The application's way in. */
        public PostgresOptions options() {
            return PostgresOptions.of(url, application, password);
        }

        /** Makes or migrates the tables. */
        public Roles migrate() {
            PostgresSchema.migrate(url, owner, password, application);
            return this;
        }
    }

    /** @param name of lower-case letters, digits and underscores */
    public Roles createDatabase(String name) throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            var roles = new Roles(url(name), name + "_owner", name + "_app", PASSWORD);
            for (String role : List.of(roles.owner(), roles.application())) {
                statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
            }
            statement.execute("CREATE DATABASE " + name + " OWNER " + roles.owner());
            return roles;
        }
    }

    /** Ends it and all its processes as a crash would; what it acknowledged is on the disk. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        for (ProcessHandle one : all) {
            one.onExit().join();
        }
    }

    /** Starts it again, once it was killed or stopped. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
    }

    /** Ends it in order, and whoever is connected. */
    public void stop() throws IOException, InterruptedException {
        run(
                folder,
                binaries.resolve("pg_ctl").toString(),
                "stop",
                "-D",
                folder.resolve("data").toString(),
                "-m",
                "fast");
        if (!process.waitFor(START_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** Ends it and removes what it wrote. */
    @Override
    public void close() {
        try {
            kill();
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
