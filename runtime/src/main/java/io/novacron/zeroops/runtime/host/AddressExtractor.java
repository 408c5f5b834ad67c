package io.novacron.zeroops.runtime.host;

import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.ShardingMessageExtractor;
import io.novacron.zeroops.runtime.signal.Shards;

/** To whom an envelope is, and in which shard that entity is. */
final class AddressExtractor extends ShardingMessageExtractor<ShardingEnvelope<Message>, Message> {
    @Override
    public String entityId(ShardingEnvelope<Message> envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String address) {
        int shard = SignalHomes.shardOf(address);
        return Integer.toString(shard < 0 ? Shards.of(address) : shard);
    }

    @Override
    public Message unwrapMessage(ShardingEnvelope<Message> envelope) {
        return envelope.message();
    }
}
