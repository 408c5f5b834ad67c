package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the tools of the machine, each for a bounded time. */
final class Shell {
    private static final long PATIENCE_S = 60;

    private Shell() {}

    /** What it printed, errors too. */
    record Result(int code, String output) {}

    /** @return what it printed */
    static String run(String... command) {
        return run("", List.of(command));
    }

    /**
     * @param input for its standard input
     * @throws IllegalStateException with what it printed, if it fails
     */
    static String run(String input, List<String> command) {
        Result result = attempt(input, command);
        if (result.code() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + result.code() + ": " + result.output());
        }
        return result.output();
    }

    static boolean works(String... command) {
        try {
            return attempt("", List.of(command)).code() == 0;
        } catch (UncheckedIOException e) {
            return false; // there is no such tool
        }
    }

    static Result attempt(String input, List<String> command) {
        try {
            Path in = Files.createTempFile("zeroops-shell", ".in");
            Path out = Files.createTempFile("zeroops-shell", ".out"); // a pipe might fill while nobody reads it
            try {
                Files.writeString(in, input);
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(String.join(" ", command) + " took longer than " + PATIENCE_S
                            + " s: " + Files.readString(out));
                }
                return new Result(process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8));
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + command.get(0), e);
        }
    }

    static List<String> list(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }
}
