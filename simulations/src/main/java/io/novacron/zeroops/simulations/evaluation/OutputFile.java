package io.novacron.zeroops.simulations.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A text file that appears whole or not at all: written beside its place as {@code .NAME.PROCESS.part}, and moved there by {@link
 * #finish}. Closed without it, or when the program is interrupted, nothing stays, and what was there before is untouched.
 * A name that ends in {@code .gz} is compressed. What is no regular file, such as a pipe, is written as it comes.
 */
public final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final Writer writer;
    private boolean finished;

    private OutputFile(Path target, Path part, Writer writer) {
        this.target = target;
        this.part = part;
        this.writer = writer;
    }

    /** @throws IOException if it cannot be written there */
    @SuppressWarnings("resource") // the writer closes the streams below it
    public static OutputFile open(Path file) throws IOException {
        boolean isSpecial = Files.exists(file) && !Files.isRegularFile(file);
        // What is special keeps the name it was given by: that of an unnamed pipe behind a link names no file.
        Path target = Files.exists(file) && !isSpecial ? file.toRealPath() : file.toAbsolutePath();
        Path part = isSpecial ? target : target.resolveSibling(partName(target));
        OutputStream raw = Files.newOutputStream(part);
        if (!isSpecial) {
            part.toFile().deleteOnExit();
        }
        OutputStream stream = target.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
        return new OutputFile(
                target, part, new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16));
    }

    /** Of no other process, and of no other file that somebody would name. */
    private static String partName(Path target) {
        return "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    }

    /** Appends; {@link UncheckedIOException} if the disk does not take it. */
    public void write(CharSequence text) {
        try {
            writer.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(failed(e));
        }
    }

    /** Puts the file in its place. */
    public void finish() throws IOException {
        try {
            writer.close();
            if (!part.equals(target)) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        finished = true;
    }

    private IOException failed(IOException e) {
        return new IOException("cannot write " + target + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        if (!finished && !part.equals(target)) {
            Files.deleteIfExists(part); // first: closing may fail on a full disk
        }
        writer.close();
    }
}
