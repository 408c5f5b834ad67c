package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A host of a {@link Network}.
 *
 * @param namespace its network namespace, in which nothing is but its loopback device and {@code eth0}
 * @param address of {@code eth0}
 */
record Host(String name, String namespace, String address) {
    private static final long MICROS_PER_TICK = 10_000; // of Linux, on all that Java runs on

    /** Runs this here; {@code ip} becomes the command, so that the process is the command's own. */
    ProcessBuilder command(List<String> command) {
        return new ProcessBuilder(Stream.concat(Stream.of("ip", "netns", "exec", namespace), command.stream())
                .toList());
    }

    /** What it writes goes to files, so that it never waits for a reader. */
    ProcessBuilder command(List<String> command, Path out, Path err) {
        return command(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    }

    /**
     * Processor time of all that runs here, and of what it started and has ended, in microseconds; to be compared with the
     * same some time later.
     */
    long cpuMicros() {
        return pids().mapToLong(Host::cpuMicros).sum();
    }

    private static long cpuMicros(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1); // from the third on
            return IntStream.range(11, 15)
                            .mapToLong(n -> Long.parseLong(fields[n]))
                            .sum()
                    * MICROS_PER_TICK;
        } catch (IOException e) {
            return 0; // it has ended meanwhile
        }
    }

    private Stream<Long> pids() {
        return Shell.run("ip", "netns", "pids", namespace)
                .lines()
                .map(String::strip)
                .filter(pid -> !pid.isEmpty())
                .map(Long::parseLong);
    }

    /** SIGKILL to all that runs here, as when the machine loses its power. */
    void powerOff() {
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Override
    public String toString() {
        return name;
    }
}
