package io.novacron.zeroops.persistence.journal;

import akka.actor.ActorSystem;
import akka.actor.setup.Setup;

/**
 * Brings the write path, and the codec of what this node writes and reads, to those whom Akka makes itself in an actor
 * system: the journal and the serializers.
 */
public final class JournalSetup extends Setup {
    private final WritePath writePath;
    private final EventCodec codec;

    public JournalSetup(WritePath writePath, EventCodec codec) {
        this.writePath = writePath;
        this.codec = codec;
    }

    /** That of this actor system. */
    public static JournalSetup of(ActorSystem system) {
        return system.settings()
                .setup()
                .get(JournalSetup.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was made without a JournalSetup"));
    }

    /** What an actor system writes and reads; the newest format in one that was made without this, such as a tool's. */
    public static EventCodec codecOf(ActorSystem system) {
        return system.settings()
                .setup()
                .get(JournalSetup.class)
                .map(JournalSetup::codec)
                .orElseGet(EventCodec::new);
    }

    WritePath writePath() {
        return writePath;
    }

    private EventCodec codec() {
        return codec;
    }
}
