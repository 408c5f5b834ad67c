package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.simulations.host.Outside;
import java.util.Map;
import java.util.TreeMap;

/** The proposers: {@link #BUSY} has no time for what it is told but at the third attempt. May be called by many threads. */
final class ScriptedClients implements Outside, io.novacron.zeroops.runtime.host.Outside {
    static final String QUIET = "client/quiet";
    static final String BUSY = "client/busy";
    private static final int ATTEMPTS_IN_VAIN = 2;

    /** @param next the second of the attempt that is to come */
    private record Attempts(int made, long next) {}

    private final ScriptClock clock;
    private final Map<String, Attempts> inVain = new TreeMap<>();

    ScriptedClients(ScriptClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Reply receive(String address, Command command) {
        if (!(command instanceof DecisionEnded told)) {
            return Reply.refused("unknown_command");
        } else if (address.equals(QUIET)) {
            return Reply.DONE;
        }
        Attempts before = inVain.get(told.decision());
        if (before != null && before.next() > clock.second()) {
            return Reply.notNow("busy"); // a new life of the decision tries anew at once: no further attempt
        }
        int made = before == null ? 1 : before.made() + 1;
        if (made > ATTEMPTS_IN_VAIN) {
            inVain.remove(told.decision());
            return Reply.DONE;
        }
        inVain.put(told.decision(), new Attempts(made, clock.second() + (1L << (made - 1)))); // 1, 2 s: the back-off
        return Reply.notNow("busy");
    }

    /** Whether this was tried, and is to be tried again at a later second. */
    synchronized boolean isPutOff(Effect.Send send) {
        if (send.command() instanceof DecisionEnded told) {
            Attempts attempts = inVain.get(told.decision());
            return attempts != null && attempts.next() > clock.second();
        }
        return false;
    }

    synchronized boolean isIdle() {
        return inVain.isEmpty();
    }

    @Override
    public void notified(Effect.Notify message) {
        // Taken.
    }
}
