package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Decisions that race for the money of one tree, a provider that bills what really runs, and one who reads the bills. */
final class Market {
    private static final Duration RETRY = Duration.ofSeconds(3);

    private enum Phase {
        HOLD,
        CONFIRM,
        END,
        DONE
    }

    private static final class Deal {
        final String id;
        Action action;
        final Priority priority;
        final Instant until;
        Phase phase = Phase.HOLD;

        Deal(String id, Action action, Priority priority, Instant until) {
            this.id = id;
            this.action = action;
            this.priority = priority;
            this.until = until;
        }
    }

    private final SplittableRandom random;
    final FaultyNetwork network;
    final FaultyHost<Command, BudgetEvent, BudgetState> host;
    final Map<String, Integer> achieved = new TreeMap<>();
    final Map<String, Provider> resources = new TreeMap<>();
    private final List<Deal> deals = new ArrayList<>();
    private final Set<String> changing = new HashSet<>();
    private int readings;

    Market(SplittableRandom random, Instant start) {
        this.random = random;
        network = new FaultyNetwork(random.split(), start);
        host = new FaultyHost<>(new BudgetAgent("acme", Ledger.POLICY), network, e -> Outcome.DONE);
    }

    void allocate(List<Node> nodes) {
        network.send(() -> host.receive(new Allocate("person-1", nodes)));
    }

    void open(String resource, String project, Money unit) {
        resources.put(resource, new Provider(resource, project, unit));
    }

    /** Wants some resource larger or smaller. */
    void propose(int number) {
        Provider provider = List.copyOf(resources.values()).get(random.nextInt(resources.size()));
        int from = provider.running(network.now());
        boolean grow = from == 0 || random.nextInt(100) < 65;
        int to = grow ? from + random.nextInt(1, 7) : random.nextInt(from);
        var kind = grow ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
        var action = Action.of(kind, provider.resource, provider.project, "eu", from, to, provider.unit);
        Priority priority = List.of(Priority.values()).get(random.nextInt(5));
        Deal deal = new Deal("d" + number, action, priority, network.now().plusSeconds(30));
        deals.add(deal);
        poll(deal);
    }

    void readBills() {
        resources.values().forEach(provider -> {
            if (provider.reading == null) {
                Money billed = provider.billed(provider.readTo, network.now());
                provider.reading = new Meter(new Origin("meter", ++readings), provider.resource, billed, network.now());
                read(provider, provider.reading);
            }
        });
    }

    boolean allDone() {
        return deals.stream().allMatch(deal -> deal.phase == Phase.DONE)
                && resources.values().stream().allMatch(p -> p.reading == null);
    }

    /** Repeats one reading until it is answered: the next starts where it ends. */
    private void read(Provider provider, Meter reading) {
        if (!reading.equals(provider.reading)) {
            return;
        }
        ask(reading, reply -> {
            if (reading.equals(provider.reading)) {
                provider.reading = null;
                provider.readTo = reading.upTo();
            }
        });
        network.at(network.now().plus(RETRY), () -> read(provider, reading));
    }

    private void poll(Deal deal) {
        Phase phase = deal.phase;
        if (phase == Phase.DONE) {
            return;
        }
        Command command =
                switch (phase) {
                    case HOLD -> new Hold(deal.id, deal.action, deal.priority, deal.until);
                    case CONFIRM -> new Confirm(deal.id);
                    default -> new End(deal.id, achieved.getOrDefault(deal.id, 0), deal.until);
                };
        ask(command, reply -> {
            if (deal.phase == phase) {
                next(deal, reply);
            }
        });
        network.at(network.now().plus(RETRY), () -> poll(deal));
    }

    private void next(Deal deal, Reply reply) {
        if (deal.phase == Phase.HOLD) {
            if (reply.answer() instanceof Vote.Counter counter) {
                deal.action = deal.action.withTo(counter.to());
            }
            boolean held = reply.answer() instanceof Vote.Accept || reply.answer() instanceof Vote.Counter;
            deal.phase = held && random.nextInt(100) < 85 ? Phase.CONFIRM : Phase.END;
            achieved.put(deal.id, 0);
        } else if (deal.phase == Phase.CONFIRM) {
            deal.phase = Phase.DONE; // waits for the provider
            if (reply.accepted() && changing.add(deal.action.resource())) {
                execute(deal);
            } else {
                deal.phase = Phase.END;
                poll(deal);
            }
        } else {
            deal.phase = Phase.DONE;
        }
    }

    /** Takes some seconds; instances may fail, and are billed all the same while they are there. */
    private void execute(Deal deal) {
        Provider provider = Objects.requireNonNull(resources.get(deal.action.resource()));
        Instant end = network.now().plusMillis(random.nextInt(1, 20_000));
        int size = Math.abs(deal.action.delta());
        int done = random.nextInt(100) < 60 ? size : random.nextInt(size + 1);
        if (deal.action.delta() > 0) {
            provider.start(done, network.now(), Instant.MAX);
            provider.start(size - done, network.now(), end);
        } else {
            done = provider.stop(done, end);
        }
        achieved.put(deal.id, done);
        network.at(end, () -> {
            changing.remove(deal.action.resource());
            deal.phase = Phase.END;
            poll(deal);
        });
    }

    private void ask(Command command, Consumer<Reply> then) {
        network.send(() -> {
            int before = host.journal().size();
            var result = Turn.take(new BudgetAgent("acme", Ledger.POLICY), host.state(), command, network.now())
                    .result();
            host.receive(command);
            boolean died = !result.events().isEmpty() && host.journal().size() == before;
            if (!died) {
                network.send(() -> then.accept(result.reply()));
            }
        });
    }
}
