package io.novacron.zeroops.runtime.notify;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what people are told to the log: what there is where no receiver is configured. */
public final class LogNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

    @Override
    public void send(Effect.Notify message, Consumer<Outcome> ended) {
        LOG.warn("for {}: {}", message.receiver(), message.text());
        ended.accept(Outcome.DONE);
    }
}
