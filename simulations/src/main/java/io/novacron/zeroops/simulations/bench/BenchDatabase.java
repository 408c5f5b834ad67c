package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.persistence.journal.Fence;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.ShardEpochs;
import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.runtime.signal.Shards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where a bench's journals are kept. */
public interface BenchDatabase extends AutoCloseable {

    /** The database of a folder that need not exist; the same again if it is asked for again. */
    JournalDatabase open(Path folder) throws Exception;

    /** What a node writes through. */
    Fence fence(JournalDatabase database);

    @Override
    void close();

    /** A file in each folder, as a node by itself has it. */
    static BenchDatabase h2() {
        return new BenchDatabase() {
            @Override
            public JournalDatabase open(Path folder) {
                return FolderDatabase.own(folder);
            }

            @Override
            public Fence fence(JournalDatabase database) {
                return Fence.NONE;
            }

            @Override
            public void close() {}
        };
    }

    /**
     * A server with its default settings, made for this and removed with it, on the disk of a folder.
     *
     * @throws IOException that says why there is none
     */
    static BenchDatabase postgresql(Path folder) throws IOException, InterruptedException {
        return new OnServer(PrivateServer.startIn(folder));
    }

    /** A node there writes as one of a cluster does that has all shards: each commit checks their epochs. */
    final class OnServer implements BenchDatabase {
        private final PrivateServer server;
        private final Map<Path, PrivateServer.Roles> databases = new HashMap<>();

        private OnServer(PrivateServer server) {
            this.server = server;
        }

        @Override
        public JournalDatabase open(Path folder) throws Exception {
            PrivateServer.Roles roles = databases.get(folder);
            if (roles == null) {
                roles = server.createDatabase("bench_" + databases.size()).migrate();
                databases.put(folder, roles);
            }
            return PostgresDatabase.connect(roles.options());
        }

        @Override
        public Fence fence(JournalDatabase database) {
            var taken = new ShardEpochs((PostgresDatabase) database);
            var epochs = new long[Shards.COUNT];
            for (int shard = 0; shard < epochs.length; shard++) {
                epochs[shard] = taken.take(shard, "bench");
            }
            return new Fence() {
                @Override
                public int shard(String entity) {
                    return Shards.of(entity);
                }

                @Override
                public long epoch(int shard) {
                    return epochs[shard];
                }
            };
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
