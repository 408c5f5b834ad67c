package io.novacron.zeroops.persistence.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Rows of one entity that are written together or not at all.
 *
 * @param epoch in which the node held the shard when it was asked to write
 */
record Write(int shard, long epoch, List<JournalRow> rows, CompletableFuture<Void> done) {
    /** What is there under the first row's number is this very write, or another's. */
    JournalRow first() {
        return rows.get(0);
    }
}
