package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulatedJournal;
import io.novacron.zeroops.simulations.host.SimulationHost;
import io.novacron.zeroops.simulations.host.Watcher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The simulation host: messages take 1 to 3 ms, and all that one second sets off happens within it. */
final class SimulatedScriptHost extends ScriptedHost {
    private static final long SECOND_MS = 1_000;

    /** More than the network's latency varies by: what is said first comes first. */
    private static final long APART_MS = 3;

    private final Scheduler scheduler = new Scheduler(Script.START);
    private final SimulationHost host;

    /** @param latencySeed for the latencies of the network, by which nothing may differ */
    SimulatedScriptHost(long seed, long latencySeed, Catalogue catalogue) {
        super(seed, catalogue);
        var faults = new Faults(FaultProfile.NONE, new SplittableRandom(latencySeed));
        var journal = new SimulatedJournal(
                "conformance", (run, at, entity, sequence, event) -> progress.journaled(entity, event));
        host = new SimulationHost(new SimulationHost.Parts(
                scheduler,
                faults,
                new CrashPoints(faults, seed),
                journal,
                fleet,
                address -> catalogue.agent(address).map(InWholeSeconds::new),
                clients,
                Watcher.NONE,
                1));
    }

    /** The same agent, told the time in whole seconds, as a clock tells it that somebody sets. */
    private static final class InWholeSeconds extends FlawedAgent {
        InWholeSeconds(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return super.decide(state, command, now.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    List<CompletableFuture<Reply>> say(List<Script.Told> burst) {
        List<CompletableFuture<Reply>> answers = new ArrayList<>();
        for (Script.Told told : burst) {
            var answer = new CompletableFuture<Reply>();
            answers.add(answer);
            scheduler.after(
                    answers.size() * APART_MS, () -> host.ask(told.address(), told.command(), answer::complete));
        }
        return answers;
    }

    @Override
    void begin(long second) {
        scheduler.runUntil(second * SECOND_MS - 1);
        clock.set(second);
        scheduler.runUntil(second * SECOND_MS);
    }

    @Override
    void run() {
        scheduler.runUntil(scheduler.now() + 1);
    }

    @Override
    boolean isOverdue() {
        return scheduler.now() >= (clock.second() + 1) * SECOND_MS - 1;
    }

    @Override
    void end() {
        scheduler.runUntil(scheduler.now() + SECOND_MS);
    }
}
