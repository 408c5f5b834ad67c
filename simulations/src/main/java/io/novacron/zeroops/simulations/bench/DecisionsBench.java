package io.novacron.zeroops.simulations.bench;

import com.sun.management.OperatingSystemMXBean;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many decisions per second are proposed, reviewed, approved, executed by the simulated provider, verified, and closed,
 * each step of each journaled. VMs are started and stopped in turn: a start asks governor, budget and owner, a stop the
 * calendar too. The limits are as high as they go, and a change takes the provider a millisecond.
 */
public final class DecisionsBench {
    private static final int VMS = 4_000;

    /** Decisions that may be under way at once: the stops among them are disruptions, which the calendar counts. */
    public static final int CONCURRENCY_MAX = CalendarPolicy.DISRUPTIONS_MAX;

    private static final String CLIENT = "client/bench";
    private static final Money PRICE = Money.dollars(0.1);

    private final InstantSource clock;
    private final BenchDatabase place;
    private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Under> underWay = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final boolean[] running = new boolean[VMS]; // of a VM that nobody else has taken
    private Semaphore places = new Semaphore(0);
    private long proposals;

    private record Under(int vm, boolean starts, Instant proposed) {}

    private record Ended(Instant at, double millis, boolean verified) {}

    public DecisionsBench(InstantSource clock, BenchDatabase place) {
        this.clock = clock;
        this.place = place;
    }

    /**
     * What was measured.
     *
     * @param decisionsPerS that ended verified, with as many under way as {@code concurrency} says
     * @param p50Ms from the proposal to the proposer's being told that it is verified, at half that rate
     * @param cpuUsPerDecision of all threads of this process, with those of load and provider, at full load: steadier than
     *     the rate, where the machine does other things too
     * @param notVerified decisions that ended otherwise, over the whole run
     */
    public record Report(
            double decisionsPerS,
            double p50Ms,
            double p99Ms,
            double halfLoadPerS,
            double rowsPerDecision,
            double cpuUsPerDecision,
            long decisions,
            long notVerified,
            int concurrency) {}

    /**
     * Measures.
     *
     * @param folder an empty one, on the disk that is meant
     * @param warmUp how long full load lasts before it is measured: until then the JVM compiles what is used
     * @param each how long each of full and half load is measured
     * @param concurrency decisions under way at once, at most {@link #CONCURRENCY_MAX}
     */
    public Report run(Path folder, Duration warmUp, Duration each, int concurrency) throws Exception {
        try (var provider = new RunningProvider(VMS, clock);
                var node = new BenchNode(place, folder, provider, this::told, clock, true)) {
            node.prepare();
            for (int vm = 0; vm < VMS; vm++) {
                var observed = new Observed(RunningProvider.address(vm), 0, Condition.RUNNING, 1, 0);
                BenchNode.get(node.ask(RunningProvider.address(vm), new Reconcile(observed)));
                running[vm] = true;
                free.add(vm);
            }
            full(node, warmUp, concurrency); // and some VMs are stopped
            long rows = node.rows();
            long cpu = cpuNanos();
            Measured full = full(node, each, concurrency);
            double cpuUsPerDecision = (cpuNanos() - cpu) / 1e3 / full.all().size();
            double perDecision = (node.rows() - rows) / (double) full.all().size();
            Measured half = half(node, each, full.perSecond() / 2);
            double[] millis = half.all().stream().mapToDouble(Ended::millis).toArray();
            return new Report(
                    full.perSecond(),
                    Medians.percentile(millis, 50),
                    Medians.percentile(millis, 99),
                    half.perSecond(),
                    perDecision,
                    cpuUsPerDecision,
                    (long) full.all().size() + half.all().size(),
                    full.notVerified() + half.notVerified(),
                    concurrency);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private record Measured(List<Ended> all, double seconds) {
        double perSecond() {
            return (all.size() - notVerified()) / seconds;
        }

        long notVerified() {
            return all.stream().filter(e -> !e.verified()).count();
        }
    }

    /** As many as may be under way, always. */
    private Measured full(BenchNode node, Duration each, int concurrency) throws InterruptedException {
        places = new Semaphore(concurrency);
        Instant start = clock.instant();
        Instant end = start.plus(each);
        while (clock.instant().isBefore(end)) {
            if (places.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                propose(node);
            }
        }
        return measured(start, concurrency);
    }

    /** At even intervals, whatever is still under way: so that waiting counts. */
    private Measured half(BenchNode node, Duration each, double perSecond) throws InterruptedException {
        places = new Semaphore(0);
        Instant start = clock.instant();
        long count = (long) (perSecond * each.toNanos() / 1e9);
        for (long i = 0; i < count; i++) {
            Instant due = start.plusNanos((long) (i / perSecond * 1e9));
            long early = Duration.between(clock.instant(), due).toMillis();
            if (early > 0) {
                Thread.sleep(early);
            }
            propose(node);
        }
        return measured(start, (int) count);
    }

    /** Waits for what is under way; the time until then counts. */
    private Measured measured(Instant start, int places) throws InterruptedException {
        this.places.acquire(places);
        double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
        List<Ended> all = new ArrayList<>(ended);
        ended.clear();
        return new Measured(all, seconds);
    }

    private void propose(BenchNode node) throws InterruptedException {
        Integer vm = free.poll();
        while (vm == null) { // more under way than there are VMs
            Thread.sleep(1);
            vm = free.poll();
        }
        boolean starts = !running[vm];
        String decision = "bench-" + clock.instant().toEpochMilli() + "-" + proposals++;
        Instant now = clock.instant();
        underWay.put(decision, new Under(vm, starts, now));
        node.tell(DecisionAgent.address(decision), new Open(proposal(decision, vm, starts, now)));
    }

    private static Proposal proposal(String decision, int vm, boolean starts, Instant now) {
        int to = starts ? 1 : 0;
        var action = Action.of(
                starts ? ActionClass.START_VM : ActionClass.STOP_VM,
                RunningProvider.address(vm),
                BenchNode.PROJECT,
                "region-1",
                1 - to,
                to,
                PRICE);
        return new Proposal(
                decision,
                CLIENT,
                action,
                to,
                Priority.P2,
                List.of(new Proposal.Alternative(1 - to, "do nothing")),
                starts ? "the VM runs" : "the VM costs nothing",
                0.99,
                "bench",
                List.of(new Proposal.Fact("vm", Integer.toString(vm))),
                now,
                now.plusSeconds(600),
                now.plusSeconds(3_600));
    }

    /** How the proposer hears of it. */
    private Reply told(String address, Command command) {
        if (command instanceof DecisionEnded told) {
            Under under = underWay.remove(told.decision());
            if (under != null) { // else a repeat
                boolean verified = told.change().end() == Change.End.VERIFIED;
                if (verified) {
                    running[under.vm()] = under.starts();
                }
                Instant now = clock.instant();
                ended.add(new Ended(now, Duration.between(under.proposed(), now).toNanos() / 1e6, verified));
                free.add(under.vm());
                places.release();
            }
            return Reply.DONE;
        }
        return Reply.refused("unknown_command");
    }
}
