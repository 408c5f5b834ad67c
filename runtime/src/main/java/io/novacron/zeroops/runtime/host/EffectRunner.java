package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import io.novacron.zeroops.agents.core.Effect;

/** Starts an effect and returns at once; idempotent on {@link Effect#id}. May never answer: the shell asks again. */
@FunctionalInterface
interface EffectRunner {
    void run(Effect effect, ActorRef<Message> self);
}
