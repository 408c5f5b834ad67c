package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The host in miniature, for any agent: it dies around every write and effect, and checks what holds for all agents. */
public final class FaultyHost<C extends Command, E extends Event, S extends State> {
    private static final int CRASH_PERCENT = 3;

    private final Agent<C, E, S> agent;
    private final FaultyNetwork network;
    private final Function<Effect, Outcome> world;
    private final Predicate<Command> answers;
    private final List<E> journal = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private S state;
    private Outbox outbox = Outbox.EMPTY;
    private int timer; // the one that is set; an older one is void

    public FaultyHost(Agent<C, E, S> agent, FaultyNetwork network, Function<Effect, Outcome> world) {
        this(agent, network, world, command -> false);
    }

    /** @param answers commands that end what is pending as an acknowledgement does, since they bring what it asked for */
    public FaultyHost(
            Agent<C, E, S> agent, FaultyNetwork network, Function<Effect, Outcome> world, Predicate<Command> answers) {
        this.answers = answers;
        this.agent = agent;
        this.network = network;
        this.world = world;
        this.state = agent.initial();
    }

    public List<E> journal() {
        return journal;
    }

    public S state() {
        return state;
    }

    public void receive(C command) {
        receive(command, "");
    }

    private void receive(C command, String settles) {
        S before = state;
        var taken = Turn.take(agent, before, command, network.now());
        if (network.unlucky(CRASH_PERCENT)) {
            recover(); // before the write: as if the command had never come
            return;
        }
        journal.addAll(taken.result().events());
        state = taken.after();
        checkPending(before, command, settles);
        act();
    }

    private void act() {
        Instant now = Turn.now(network.now(), state);
        var plan = outbox.plan(agent, state, now);
        outbox = plan.outbox();
        int mine = ++timer;
        plan.wakeAt().ifPresent(at -> network.at(at, () -> wake(mine)));
        for (Effect effect : plan.due()) {
            if (network.unlucky(CRASH_PERCENT)) {
                recover(); // after the write, and after some of the effects
                return;
            }
            network.send(() -> {
                Outcome outcome = world.apply(effect);
                network.send(() -> receive(agent.settle(effect.id(), outcome), effect.id()));
            });
        }
    }

    private void wake(int mine) {
        if (mine == timer) {
            agent.deadline(state)
                    .filter(deadline -> deadline.isDue(Turn.now(network.now(), state)))
                    .ifPresentOrElse(deadline -> receive(deadline.command()), this::act);
        }
    }

    private void recover() {
        S replayed = agent.initial();
        for (E event : journal) {
            replayed = agent.apply(replayed, event);
        }
        assertThat(replayed).isEqualTo(state);
        outbox = Outbox.EMPTY;
        act();
    }

    /** Pending ends by its own acknowledgement or by a deadline that has passed, has a deadline, and never returns. */
    private void checkPending(S before, C command, String settles) {
        Set<String> now = ids(state);
        boolean late = agent.deadline(before)
                .filter(d -> d.command().equals(command) && d.isDue(network.now()))
                .isPresent();
        for (String id : ids(before)) {
            if (!now.contains(id)) {
                assertThat(late || id.equals(settles) || answers.test(command))
                        .as("%s ended by %s", id, command)
                        .isTrue();
                ended.add(id);
            }
        }
        assertThat(Collections.disjoint(now, ended)).isTrue();
        assertThat(now.isEmpty() || agent.deadline(state).isPresent()).isTrue();
        if (late) {
            assertThat(agent.deadline(state)).isNotEqualTo(agent.deadline(before));
        }
    }

    private Set<String> ids(S of) {
        return agent.pending(of).stream().map(Effect::id).collect(Collectors.toSet());
    }
}
