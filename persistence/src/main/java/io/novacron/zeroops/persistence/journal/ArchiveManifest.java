package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * What an archive of one month is, beside it in a file of its own.
 *
 * @param month such as {@code 2026-09}
 * @param schema the version of the tables from which it was read
 * @param first the position of its first row; {@link Position#START} if it has none
 * @param last of its last row, likewise
 * @param contentSha256 of the uncompressed lines
 * @param fileSha256 of the compressed file
 * @param previousSha256 of the manifest of the month before, as a file; empty for the first: each vouches for all before it
 * @param settings the canonical texts of the settings under which the rows were decided, by their hash, as far as they are kept
 */
@JsonNaming(SnakeCaseStrategy.class)
record ArchiveManifest(
        String format,
        String month,
        int schema,
        long rows,
        Position first,
        Position last,
        String contentSha256,
        String fileSha256,
        String previousSha256,
        Map<String, String> settings) {
    static final String FORMAT = "zeroops-journal-archive/1";

    ArchiveManifest {
        settings = Map.copyOf(settings);
    }
}
