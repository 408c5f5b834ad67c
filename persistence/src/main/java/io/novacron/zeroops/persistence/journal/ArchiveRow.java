package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal with all that its table knows, as an archive has it: one line of JSON. A line has the events in
 * words, too, for who reads it with other tools; what is restored is the payload.
 *
 * @param epoch of the shard, in which its writer held it; 0 in a folder
 * @param writtenAtMs milliseconds since the epoch, by the clock of the writer's machine
 * @param settings the hash of the settings under which it was decided
 * @param metaPayload what Akka may keep beside an event; this program writes none
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties("events")
@SuppressWarnings("ArrayRecordComponent") // compared by isSame
record ArchiveRow(
        long transaction,
        long ordering,
        long epoch,
        boolean deleted,
        String entity,
        long sequence,
        String writer,
        long writtenAtMs,
        String adapter,
        int serializer,
        String settings,
        byte[] payload,
        byte @Nullable [] metaPayload,
        @Nullable Integer metaSerializer,
        @Nullable String metaManifest) {

    Position position() {
        return new Position(transaction, ordering);
    }

    /** The calendar month, in UTC, in which it was written. */
    YearMonth month() {
        return YearMonth.from(Instant.ofEpochMilli(writtenAtMs).atOffset(ZoneOffset.UTC));
    }

    boolean isSame(ArchiveRow other) {
        return transaction == other.transaction
                && ordering == other.ordering
                && epoch == other.epoch
                && deleted == other.deleted
                && entity.equals(other.entity)
                && sequence == other.sequence
                && writer.equals(other.writer)
                && writtenAtMs == other.writtenAtMs
                && adapter.equals(other.adapter)
                && serializer == other.serializer
                && settings.equals(other.settings)
                && Arrays.equals(payload, other.payload)
                && Arrays.equals(metaPayload, other.metaPayload)
                && Objects.equals(metaSerializer, other.metaSerializer)
                && Objects.equals(metaManifest, other.metaManifest);
    }

    ArchiveRow ofTransaction(long number) {
        return new ArchiveRow(
                number,
                ordering,
                epoch,
                deleted,
                entity,
                sequence,
                writer,
                writtenAtMs,
                adapter,
                serializer,
                settings,
                payload,
                metaPayload,
                metaSerializer,
                metaManifest);
    }
}
