package io.novacron.zeroops.persistence.journal;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;

/** The bytes of a journal's row, as {@link EventCodec} makes them; the manifest is the hash of the settings. */
public final class WrittenSerializer extends SerializerWithStringManifest {
    /** Stands in every row: never change it. */
    public static final int IDENTIFIER = 9001;

    private final EventCodec codec;

    /** As Akka makes it, by its name in {@code akka.actor.serializers}. */
    public WrittenSerializer(ExtendedActorSystem system) {
        codec = JournalSetup.codecOf(system);
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object written) {
        return ((Written) written).settings();
    }

    @Override
    public byte[] toBinary(Object written) {
        return codec.eventsToCbor(((Written) written).events());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return new Written(codec.eventsFromCbor(bytes), manifest, Owing.UNCHANGED);
    }
}
