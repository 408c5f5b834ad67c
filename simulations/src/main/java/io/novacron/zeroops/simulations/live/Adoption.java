package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The money of instances that ran before there was a control plane goes the way of any other, once in a fleet's life.
 *
 * <pre>
 * PENDING --Hold, Confirm--> CONFIRMED --End--> DONE      each noted in the ledger as it is reached
 * </pre>
 *
 * A crash in between repeats a step. Nothing is ended before the confirmation is noted, so that a refused Confirm means that
 * nothing is held, and Hold may be asked anew; a firm hold waits for its End.
 */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private static final String PENDING = "pending";
    private static final String CONFIRMED = "confirmed";
    private static final String DONE = "done";

    private final ScalerPolicy policy;
    private final FleetLedger ledger;
    private final Asker asker;
    private final int instances;
    private final String id;
    private final Runnable known;
    private boolean isKnown;
    private boolean hasHeld;

    /**
     * One workload's.
     *
     * @param instances at the fleet's very first start
     * @param known called once it is done or was first refused: scaling and billing can begin; again if the ledger fails it
     */
    Adoption(ScalerPolicy policy, FleetLedger ledger, Asker asker, int instances, Runnable known) {
        this.policy = policy;
        this.ledger = ledger;
        this.asker = asker;
        this.instances = instances;
        this.known = known;
        this.id = "adopt/" + policy.workload();
    }

    private static String name(ScalerPolicy policy) {
        return "adoption/" + policy.resource();
    }

    /** How many instances a workload had at the fleet's very first start, which is now if the ledger does not know it. */
    static int firstInstances(FleetLedger ledger, ScalerPolicy policy, int now) {
        String note = ledger.notes().get(name(policy));
        if (note == null) {
            ledger.note(name(policy), PENDING + " " + now);
            return now;
        }
        return Integer.parseInt(note.substring(note.indexOf(' ') + 1));
    }

    void begin() {
        String note = ledger.notes().getOrDefault(name(policy), PENDING);
        if (note.startsWith(DONE) || instances == 0) {
            known();
        } else if (note.startsWith(CONFIRMED)) {
            end();
        } else {
            confirm();
        }
    }

    private void confirm() {
        asker.ask(() -> new Confirm(id), reply -> {
            if (reply.accepted()) {
                note(CONFIRMED);
                end();
            } else if (hasHeld) {
                asker.later(this::hold);
            } else {
                hold();
            }
        });
    }

    private void hold() {
        Action action = Action.of(
                ActionClass.SCALE_OUT,
                policy.resource(),
                policy.project(),
                policy.region(),
                0,
                instances,
                policy.unitCostPerHour());
        asker.ask(() -> new Hold(id, action, Priority.P0, until()), this::voted);
    }

    private void voted(Reply reply) {
        boolean held = reply.accepted() && !(reply.answer() instanceof Vote.Reject);
        hasHeld = held;
        if (held) {
            if (reply.answer() instanceof Vote.Counter counter) {
                LOG.warn("{}: money for {} of {} instances only: {}", id, counter.to(), instances, counter.detail());
            }
            confirm();
        } else {
            if (!isKnown) {
                LOG.warn("{}: no money for {} instances, will ask until there is: {}", id, instances, reply);
            }
            known();
            asker.later(this::hold);
        }
    }

    private void end() {
        asker.ask(() -> new End(id, instances, until()), reply -> {
            note(DONE);
            known();
        });
    }

    private void known() {
        if (!isKnown) {
            known.run();
            isKnown = true;
        }
    }

    private Instant until() {
        return asker.scheduler().instant().plus(FleetListener.HELD_FOR);
    }

    private void note(String stage) {
        ledger.note(name(policy), stage + " " + instances);
    }
}
