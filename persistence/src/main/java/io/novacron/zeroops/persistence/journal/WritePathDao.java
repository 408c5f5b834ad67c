package io.novacron.zeroops.persistence.journal;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.serialization.Serialization;
import akka.serialization.Serializers;
import akka.stream.Materializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The stock journal, but for its way of writing, which is {@link WritePath}: the stock one drops what overflows its
 * buffer, and with it stops the actors that wrote; it cannot keep an index with the rows; and it gives up on a full disk.
 */
public final class WritePathDao extends DefaultJournalDao {
    private final Serialization serialization;
    private final WritePath path;

    /** As the plugin makes it, by its name in {@code jdbc-journal.dao}. */
    public WritePathDao(
            JdbcBackend.DatabaseDef database,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext executor,
            Materializer materializer) {
        super(database, profile, config, serialization, executor, materializer);
        this.serialization = serialization;
        this.path = serialization
                .system()
                .settings()
                .setup()
                .get(JournalSetup.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was made without a JournalSetup"))
                .writePath();
    }

    @Override
    public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> writes) {
        List<CompletionStage<Void>> all = new ArrayList<>();
        CollectionConverters.asJava(writes).forEach(write -> all.add(path.write(rows(write))));
        Promise<Seq<Try<BoxedUnit>>> promise = Promise.apply();
        complete(all, 0, promise);
        return promise.future();
    }

    /** A failure of one, a stale writer say, fails the call: Akka stops the one persistent actor that it is of. */
    private static void complete(List<CompletionStage<Void>> all, int next, Promise<Seq<Try<BoxedUnit>>> promise) {
        if (next == all.size()) {
            List<Try<BoxedUnit>> done = all.stream()
                    .<Try<BoxedUnit>>map(stage -> new Success<>(BoxedUnit.UNIT))
                    .toList();
            promise.complete(new Success<>(CollectionConverters.asScala(done).toSeq()));
            return;
        }
        all.get(next).whenComplete((nothing, failure) -> {
            if (failure == null) {
                complete(all, next + 1, promise);
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                promise.complete(new Failure<>(cause));
            }
        });
    }

    private List<JournalRow> rows(AtomicWrite write) {
        List<JournalRow> rows = new ArrayList<>(write.size());
        CollectionConverters.asJava(write.payload()).forEach(one -> rows.add(row(one)));
        return rows;
    }

    private JournalRow row(PersistentRepr one) {
        Object payload = one.payload();
        var serializer = serialization.findSerializerFor(payload);
        return new JournalRow(
                one.persistenceId(),
                one.sequenceNr(),
                one.writerUuid(),
                one.timestamp(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, payload),
                serializer.toBinary(payload),
                payload instanceof Written written ? written.owing() : Owing.UNCHANGED);
    }
}
