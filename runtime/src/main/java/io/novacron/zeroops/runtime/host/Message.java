package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.runtime.signal.SampleBatch;
import io.novacron.zeroops.runtime.signal.SignalSummary;

/** What the one shell around every agent takes, and who stands for a shard's columns. */
public sealed interface Message {

    /** @param key comes back with the reply, so that the sender knows what it is a reply to */
    record Request(Command command, ActorRef<Replied> replyTo, String key) implements Message {}

    /** The reply to a {@link Request}: of an effect of this agent's, if {@code key} is its id. */
    record Replied(String key, Reply reply) implements Message {}

    /** Recovers an entity that owes something, if it does not live; answered once it has taken up its work. */
    record Rouse(ActorRef<Replied> replyTo, String key) implements Message {}

    /** Telemetry, for who stands for its shard's columns. */
    record Samples(SampleBatch batch, ActorRef<Replied> replyTo, String key) implements Message {}

    /** For who tells other nodes of this one's telemetry: see {@link SignalReports}. */
    record AskSignals(int limit, ActorRef<SignalsTold> replyTo) implements Message {}

    record SignalsTold(SignalSummary summary) implements Message {}

    /** An effect of this agent's ended. */
    record Ended(String effectId, Outcome outcome) implements Message {}

    /** A deadline or a retry may be due. */
    record Wake() implements Message {}

    /**
     * Everything that was there when this was sent has been gathered: decide it, in one write.
     *
     * @param late whether it has waited for more for long enough
     */
    record Flush(boolean late) implements Message {}

    /** Nothing came for long, and nothing is owed. */
    record Idle() implements Message {}

    record Stop() implements Message {}
}
