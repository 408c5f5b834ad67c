package io.novacron.zeroops.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol.DeleteMessagesTo;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessages;
import akka.persistence.PersistentRepr;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal of Akka Persistence: rows go to the {@link WritePath} and are acknowledged from its own thread; they come back
 * through {@link RowReplay}. It speaks the protocol of persistent actors itself, since Akka's {@code AsyncWriteJournal}
 * spends as many messages on a write as the entity that makes it: a circuit breaker for a write that never fails, futures,
 * and an actor that puts acknowledgements in the order of their writes, which one writer keeps anyway.
 *
 * <p>Rows are never deleted by an entity.
 */
public final class WritePathJournal extends UntypedAbstractActor {
    private final Serialization serialization =
            SerializationExtension.get(getContext().getSystem());
    private final WritePath path;
    private final RowReplay replay;
    private final InstantSource clock = InstantSource.system();

    /** Writes under way, by entity: whoever recovers must see what an earlier life of it still writes. */
    private final ConcurrentHashMap<String, CompletionStage<Void>> writing = new ConcurrentHashMap<>();

    /** As Akka makes it, by its name in the configuration. */
    public WritePathJournal() {
        path = JournalSetup.of(getContext().getSystem()).writePath();
        replay = new RowReplay(path.database(), serialization);
    }

    @Override
    public void onReceive(Object message) {
        if (message instanceof WriteMessages writes) {
            CollectionConverters.asJava(writes.messages()).forEach(one -> {
                if (one instanceof AtomicWrite write) {
                    write(write, writes.persistentActor(), writes.actorInstanceId());
                } else {
                    unhandled(one); // not of the kind that is persisted
                }
            });
        } else if (message instanceof ReplayMessages asked) {
            writing.getOrDefault(asked.persistenceId(), CompletableFuture.completedStage(null))
                    .whenComplete((done, failure) -> replay.start(asked));
        } else if (message instanceof DeleteMessagesTo delete) {
            throw new UnsupportedOperationException("rows of " + delete.persistenceId() + " cannot be deleted");
        } else {
            unhandled(message);
        }
    }

    private void write(AtomicWrite write, ActorRef writer, int instance) {
        List<PersistentRepr> messages = new ArrayList<>(write.size());
        CollectionConverters.asJava(write.payload()).forEach(messages::add);
        CompletionStage<Void> written = write(messages);
        String entity = write.persistenceId();
        writing.put(entity, written);
        written.whenComplete((done, failure) -> {
            writing.remove(entity, written);
            for (PersistentRepr message : messages) {
                writer.tell(
                        failure == null
                                ? new WriteMessageSuccess(message, instance)
                                : new WriteMessageFailure(message, cause(failure), instance),
                        ActorRef.noSender());
            }
        });
    }

    private CompletionStage<Void> write(List<PersistentRepr> messages) {
        try {
            return path.write(messages.stream().map(this::row).toList());
        } catch (RuntimeException e) { // an event that cannot be stored: a programming error, of its entity alone
            return CompletableFuture.failedStage(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private JournalRow row(PersistentRepr one) {
        Object payload = one.payload();
        var serializer = serialization.findSerializerFor(payload);
        return new JournalRow(
                one.persistenceId(),
                one.sequenceNr(),
                one.writerUuid(),
                clock.millis(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, payload),
                serializer.toBinary(payload),
                payload instanceof Written written ? written.events() : List.of(),
                payload instanceof Written written ? written.owing() : Owing.UNCHANGED);
    }

    @Override
    public void postStop() {
        replay.close();
    }
}
