package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.Event;
import java.util.List;

/**
 * One row as it is written; its place in the whole journal is given to it then.
 *
 * @param sequence its place among the entity's rows: of two writers of the same, the second is refused
 * @param writer of which life of the entity it is
 * @param writtenAtMs milliseconds since the epoch, by the machine's clock
 * @param serializer the identifier of what made the payload
 * @param events what the payload says, for who follows the journal; none if that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // rows are never compared
public record JournalRow(
        String entity,
        long sequence,
        String writer,
        long writtenAtMs,
        int serializer,
        String manifest,
        byte[] payload,
        List<? extends Event> events,
        Owing owing) {}
