package io.novacron.zeroops.http.fault;

import io.novacron.zeroops.http.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A node of the cluster: the program on a host, under its supervisor. */
final class NodeHost implements AutoCloseable {
    static final int HTTP = 8080;
    static final int MANAGEMENT = 8558;

    private final Host host;
    private final Path folder;
    private final Supervised program;
    private final Path clock;
    private String classPath = System.getProperty("java.class.path");

    /**
     * @param settings of the node, which say where it listens
     * @param jvm its options
     * @param ownClock whether {@link #shiftClock} works, at some cost
     */
    NodeHost(Host host, Path folder, String settings, List<String> jvm, boolean ownClock) throws IOException {
        this.host = host;
        this.folder = Files.createDirectories(folder);
        this.clock = Files.writeString(folder.resolve("clock"), "+0");
        Path config = Files.writeString(folder.resolve("zeroops.yaml"), settings);
        this.program = new Supervised(host.name(), () -> {
            var command = host.command(
                    Java.command(
                            classPath,
                            jvm,
                            Main.class,
                            List.of(
                                    "start",
                                    "--config",
                                    config.toString(),
                                    "--data",
                                    folder.resolve("data").toString())),
                    folder.resolve("out"),
                    folder.resolve("err"));
            if (ownClock) {
                command.environment().putAll(Clocks.environment(clock));
            }
            return command;
        });
    }

    Host host() {
        return host;
    }

    Supervised program() {
        return program;
    }

    /** From its next start on it runs this build of the program. */
    void install(String otherClassPath) {
        classPath = otherClassPath;
    }

    Path config() {
        return folder.resolve("zeroops.yaml");
    }

    String url() {
        return "http://" + host.address() + ":" + HTTP;
    }

    /** Its clock is this far from the machine's. */
    void shiftClock(Duration by) {
        try {
            Files.writeString(clock, (by.isNegative() ? "-" : "+") + by.abs().toSeconds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it logged as errors. */
    List<String> errors() {
        try (var lines = Files.lines(folder.resolve("err"))) {
            return lines.filter(line -> line.contains(" ERROR ") || line.startsWith("Exception in thread"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }

    /** A clock of one's own, by libfaketime (Debian: apt-get install faketime), where it is installed. */
    static final class Clocks {
        private static final List<Path> LIBRARIES = List.of(
                Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

        private Clocks() {}

        static boolean areSettable() {
            return LIBRARIES.stream().anyMatch(Files::exists);
        }

        /** Only the time of day is another: what a JVM waits by goes on as it did. */
        static Map<String, String> environment(Path offset) {
            return LIBRARIES.stream()
                    .filter(Files::exists)
                    .findFirst()
                    .map(library -> Map.of(
                            "LD_PRELOAD", library.toString(),
                            "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                            "FAKETIME_CACHE_DURATION", "1",
                            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                            "FAKETIME_FORCE_MONOTONIC_FIX", "0"))
                    .orElse(Map.of());
        }
    }
}
