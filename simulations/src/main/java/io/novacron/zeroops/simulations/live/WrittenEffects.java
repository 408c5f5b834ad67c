package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what takes effect before it does. If that fails, nobody knows whether it is written: then it is in doubt until
 * the ledger says so, and nothing else may be done before.
 */
final class WrittenEffects implements SimulatedProvider.EffectListener {
    private static final String FENCE = "fence/";

    /** An effect, and the line of the ledger that may be there. */
    private record Doubt(Taken taken, FleetOperation operation) {
        Effect.Call call() {
            return new Effect.Call(taken.key(), taken.resource(), taken.generation(), operation);
        }
    }

    private final FleetLedger ledger;
    private final Scheduler scheduler;
    private @Nullable Doubt doubt;

    WrittenEffects(FleetLedger ledger, Scheduler scheduler) {
        this.ledger = ledger;
        this.scheduler = scheduler;
    }

    /** The name of the note that holds a resource's fence. */
    static String fence(String resource) {
        return FENCE + resource;
    }

    @Override
    public void tookEffect(String resource, String key, long generation, FleetOperation operation) {
        var taken = new Taken(resource, key, generation, level(operation), scheduler.instant());
        try {
            ledger.append(taken);
        } catch (LedgerException e) {
            doubt = new Doubt(taken, operation);
            throw e;
        }
    }

    private static int level(FleetOperation operation) {
        if (operation instanceof SetInstances set) {
            return set.instances();
        } else if (operation instanceof FleetOperation.StopVm) {
            return 0;
        } else if (operation instanceof FleetOperation.SnapshotVm) {
            return Taken.SNAPSHOTTED;
        }
        return operation instanceof FleetOperation.DeleteVm ? Taken.DELETED : 1;
    }

    @Override
    public void fenced(String resource, long generation) {
        ledger.note(fence(resource), Long.toString(generation));
    }

    boolean isInDoubt(String key) {
        return doubt != null && doubt.taken().key().equals(key);
    }

    /**
     * Asks what became of what is in doubt, and lets that be so.
     *
     * @throws LedgerException if there is no answer; then it stays in doubt
     */
    void settle(SimulatedProvider provider) {
        Doubt open = doubt;
        if (open != null) {
            boolean isWritten =
                    ledger.find(open.taken().key()).filter(open.taken()::equals).isPresent();
            doubt = null;
            if (isWritten) {
                provider.takeEffect(open.call());
            }
        }
    }
}
