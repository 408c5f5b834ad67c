package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Effect.Call;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Operation;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.DeleteVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.DrainHost;
import io.novacron.zeroops.agents.fleet.FleetOperation.RestartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetSchedulable;
import io.novacron.zeroops.agents.fleet.FleetOperation.SnapshotVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.StartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.StopVm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One resource as a {@link FleetProvider} promises it: it fences, takes each key at most once, loses track of calls that
 * act later or never, and what it begins may come to nothing or to less.
 */
final class FakeFleet {
    /** What there was at some time. */
    record Shown(long applied, Condition condition, int instances) {}

    private final FaultyNetwork network;
    private final String address;
    private final Map<String, Outcome> answered = new HashMap<>();
    private long fence;
    private Observed truth;
    private boolean underWay;

    /** The generations of the changes that took effect, in order. */
    final List<Long> effects = new ArrayList<>();

    /** What the decisions were told. */
    final Map<String, Change.Ended> reported = new HashMap<>();

    final List<Shown> history = new ArrayList<>();

    FakeFleet(FaultyNetwork network, String address, Condition condition, int instances) {
        this.network = network;
        this.address = address;
        this.truth = new Observed(address, 0, condition, instances, 0);
    }

    Observed truth() {
        return truth;
    }

    /** Something that no change of ours explains. */
    void drift(Condition condition, int instances) {
        if (!underWay) {
            show(condition, instances, 0);
        }
    }

    Outcome run(Effect effect) {
        if (network.unlucky(10)) {
            return new Outcome.Failed("busy", true);
        } else if (effect instanceof Call call) {
            return call.generation() < fence ? new Outcome.Failed("fenced", false) : call(call);
        } else if (effect instanceof Effect.Send send && send.command() instanceof ReportChange report) {
            reported.put(report.decision(), report.change());
            return Outcome.DONE;
        }
        throw new AssertionError(effect);
    }

    private Outcome call(Call call) {
        if (call.operation() instanceof Await await) {
            boolean met = new Lifecycle.Goal(await.condition(), await.instances()).isMetBy(truth);
            return met
                    ? new Outcome.Succeeded(truth)
                    : underWay ? new Outcome.Unknown("watching") : new Outcome.Failed("cannot_be_met", false);
        }
        fence = call.generation();
        if (call.operation() instanceof Describe) {
            return network.unlucky(3)
                    ? new Outcome.Failed("no_such_resource", false)
                    : network.unlucky(15) ? new Outcome.Unknown("timeout") : new Outcome.Succeeded(truth);
        }
        Outcome known = answered.get(call.id());
        if (known == null) {
            known = first(call);
            answered.put(call.id(), known);
        }
        return known;
    }

    private Outcome first(Call call) {
        if (network.unlucky(5)) {
            return new Outcome.Failed("no_quota", false);
        } else if (network.unlucky(25)) {
            if (network.unlucky(50)) { // may still act, unless it is fenced off before
                network.at(network.now().plusSeconds(call.generation() % 40), () -> {
                    if (fence == call.generation()) {
                        takeEffect(call);
                    }
                });
            }
            return new Outcome.Unknown("lost_track");
        }
        takeEffect(call);
        return Outcome.DONE;
    }

    private void takeEffect(Call call) {
        effects.add(call.generation());
        underWay = true;
        int from = truth.instances();
        boolean works = !network.unlucky(35);
        boolean hangs = !works && network.unlucky(40);
        Runnable result = result(call.operation(), from, works);
        truth = new Observed(address, call.generation(), truth.condition(), from, truth.booting());
        if (call.operation() instanceof SetInstances set) {
            show(Condition.RUNNING, Math.min(from, set.instances()), Math.max(0, set.instances() - from));
        } else {
            show(Condition.CHANGING, 0, 0);
        }
        long mine = call.generation();
        network.at(network.now().plusMillis(500 + 977 * (mine % 31)), () -> {
            if (truth.applied() == mine) {
                underWay = hangs;
                if (!hangs) {
                    result.run();
                }
            }
        });
    }

    private Runnable result(Operation operation, int from, boolean works) {
        if (operation instanceof SetInstances set) {
            int reached = works || set.instances() <= from ? set.instances() : (from + set.instances()) / 2;
            return () -> show(Condition.RUNNING, reached, 0);
        } else if (operation instanceof StartVm || operation instanceof RestartVm) {
            return () -> show(works ? Condition.RUNNING : Condition.FAILED, works ? 1 : 0, 0);
        } else if (operation instanceof StopVm) {
            return () -> show(works ? Condition.STOPPED : Condition.RUNNING, works ? 0 : 1, 0);
        } else if (operation instanceof SnapshotVm) {
            return () -> show(works ? Condition.SNAPSHOTTED : Condition.STOPPED, 0, 0);
        } else if (operation instanceof DeleteVm) {
            return () -> show(works ? Condition.ABSENT : Condition.STOPPED, 0, 0);
        } else if (operation instanceof DrainHost) {
            return () -> show(works ? Condition.DRAINED : Condition.CORDONED, 0, 0);
        } else if (operation instanceof SetSchedulable set) {
            return () -> show(set.schedulable() == works ? Condition.ACTIVE : Condition.CORDONED, 0, 0);
        }
        throw new AssertionError(operation);
    }

    private void show(Condition condition, int instances, int booting) {
        truth = new Observed(address, truth.applied(), condition, instances, booting);
        if (booting == 0) {
            history.add(new Shown(truth.applied(), condition, instances));
        }
    }
}
