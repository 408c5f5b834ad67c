package io.novacron.zeroops.http.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A host of a {@link Network}.
 *
 * @param namespace its network namespace, in which nothing is but its loopback device and {@code eth0}
 * @param address of {@code eth0}
 */
record Host(String name, String namespace, String address) {
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

    /** SIGKILL to all that runs here, as when the machine loses its power. */
    void powerOff() {
        Shell.run("ip", "netns", "pids", namespace)
                .lines()
                .map(String::strip)
                .filter(pid -> !pid.isEmpty())
                .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Override
    public String toString() {
        return name;
    }
}
