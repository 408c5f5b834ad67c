package io.novacron.zeroops.persistence.journal;

/**
 * Which entities this node may write, where several nodes share a journal: those of the shards of which it took the newest
 * epoch ({@link ShardEpochs}). May be asked by many threads, and answers at once.
 */
public interface Fence {
    /** Where there is one node: it may write all. */
    Fence NONE = new Fence() {
        @Override
        public int shard(String entity) {
            return 0;
        }

        @Override
        public long epoch(int shard) {
            return 0;
        }
    };

    int shard(String entity);

    /** In which epoch this node holds the shard; 0 if it does not hold it. */
    long epoch(int shard);
}
