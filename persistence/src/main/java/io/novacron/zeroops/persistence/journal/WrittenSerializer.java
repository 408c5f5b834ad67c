package io.novacron.zeroops.persistence.journal;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;

/** The bytes of a journal's row, as {@link EventCodec} makes them; the manifest is the hash of the settings. */
public final class WrittenSerializer extends SerializerWithStringManifest {
    /** Stands in every row: never change it. */
    public static final int IDENTIFIER = 9001;

    private final ExtendedActorSystem system;

    /** As Akka makes it, by its name in {@code akka.actor.serializers}: of a system without a journal, too. */
    public WrittenSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    private EventCodec codec() {
        return JournalSetup.of(system).codec();
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
        return codec().eventsToCbor(((Written) written).events());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return new Written(codec().eventsFromCbor(bytes), manifest, Owing.UNCHANGED);
    }
}
