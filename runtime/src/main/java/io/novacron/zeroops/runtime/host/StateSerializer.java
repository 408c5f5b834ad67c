package io.novacron.zeroops.runtime.host;

import akka.serialization.SerializerWithStringManifest;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.SnapshotCodec;

/** Snapshots. One of another build's shape cannot be read, and recovery then goes by the journal alone. */
public final class StateSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 9002;

    private final SnapshotCodec codec = new SnapshotCodec(new EventCodec());

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object state) {
        return "";
    }

    @Override
    public byte[] toBinary(Object state) {
        return codec.toBytes((State) state);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return codec.fromBytes(bytes)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a snapshot of " + bytes.length + " bytes is of another shape; the journal is read instead"));
    }
}
