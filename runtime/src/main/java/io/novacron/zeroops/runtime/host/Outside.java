package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;

/** Whoever is no agent, such as a client that proposed something: takes commands to addresses that no agent has. */
@FunctionalInterface
public interface Outside {
    Reply receive(String address, Command command);

    /** Nobody is there: what is sent ends refused, for good. */
    Outside NOBODY = (address, command) -> Reply.refused("no_such_agent");
}
