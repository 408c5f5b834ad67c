package io.novacron.zeroops.runtime.settings;

/**
 * One thing that is wrong with a file of settings, and what to write instead.
 *
 * @param line from 1; 0 if it is the file as a whole
 * @param column from 1; 0 if it is the file as a whole
 * @param key the whole path, such as {@code workloads[0].name}; empty if it is no key's
 */
public record Problem(String file, int line, int column, String key, String message) {

    /** {@code FILE:LINE:COLUMN: key: message}, as compilers write it, so that editors can jump there. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + ":" + column : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
