package io.novacron.zeroops.runtime.notify;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import java.util.function.Consumer;

/** Brings messages to people. Returns at once; may answer later, twice or never. */
@FunctionalInterface
public interface Notifier {
    void send(Effect.Notify message, Consumer<Outcome> ended);
}
