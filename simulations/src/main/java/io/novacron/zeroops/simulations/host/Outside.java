package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Reply;

/** Whoever is no agent: clients that propose, people that are told. */
public interface Outside {
    /** A command to an address that no agent has, such as {@code client/7}. */
    Reply receive(String address, Command command);

    /** A message that has reached its receiver's service. */
    void notified(Effect.Notify message);

    /** Takes everything, and does nothing. */
    Outside SILENT = new Outside() {
        @Override
        public Reply receive(String address, Command command) {
            return Reply.DONE;
        }

        @Override
        public void notified(Effect.Notify message) {}
    };
}
