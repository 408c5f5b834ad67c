package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Commitment;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.provisioning.SpotServicePolicy;
import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.agents.provisioning.SpotState;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures.Policy;
import io.novacron.zeroops.simulations.fleet.SimulatedMarket;
import io.novacron.zeroops.simulations.host.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Most of the markets that a service runs in take their instances away within ten minutes, and have none to give for an hour. Rivals meet
 * the same markets, and are told of everything at once.
 */
final class SpotStorm {
    private static final String SCENARIO = "spot-storm";
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Money BUDGET = Money.dollars(1_000_000);
    private static final long RIVAL_STEP_MS = 10_000;
    private static final long CHUNKS = 40;
    private static final double HOUR_MS = 3_600_000;
    private static final long HOUR = 3_600_000;

    private final SpotStormOptions options;
    private final Surroundings surroundings;
    private final Totals totals;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<Run>> runs = new TreeMap<>(); // by policy
    private final List<Double> coveredS = new ArrayList<>();
    private final double[] shares = new double[3]; // summed over seeds: before, during, after
    private long notices;
    private long noticed;
    private long taken;
    private long proposals;
    private double heldUsdPerH;
    private double heldAtBidUsdPerH;

    private record Run(double availability, int fewest, double shortageS, double usd) {
        static Run of(SpotWatch watch) {
            return new Run(watch.availability(), watch.fewest(), watch.longestShortageS(), watch.costUsd());
        }
    }

    SpotStorm(SpotStormOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    ScenarioReport run() {
        List<Long> seeds = options.seeds().values();
        for (int i = 0; i < seeds.size(); i++) {
            run(seeds.get(i), (double) i / seeds.size());
        }
        SpotStormFigures figures = figures();
        return new ScenarioReport(new SpotStormView(options, figures, notes).view(), figures.invariantsViolated());
    }

    private void run(long seed, double before) {
        var course = new SpotStormCourse(seed, options);
        String name = SCENARIO + "/seed-" + seed;
        SimulatedSpotService service = service(course);
        ControlPlane plane = plane(name, seed);
        plane.add(service);
        plane.begin();
        var watch = new SpotWatch(service);
        plane.scheduler()
                .at(
                        SpotStormCourse.WARM_UP_MS,
                        () -> watch.begin(plane.scheduler().now()));
        look(plane, service, watch, course, SpotStormCourse.WARM_UP_MS + SpotWatch.LOOK_MS);
        for (long chunk = 1; chunk <= CHUNKS; chunk++) {
            plane.runUntil(SpotStormCourse.END_MS / CHUNKS * chunk);
            surroundings
                    .progress()
                    .at(
                            name,
                            before
                                    + (double) chunk
                                            / CHUNKS
                                            / options.seeds().values().size());
        }
        note(name, plane, service, watch);
        add("zeroops", Run.of(watch));
        add("cheapest market, no fall-back", rival(course, false));
        add("any market, no fall-back", rival(course, true));
    }

    private void look(
            ControlPlane plane, SimulatedSpotService service, SpotWatch watch, SpotStormCourse course, long atMs) {
        plane.scheduler().at(atMs, () -> {
            watch.look(atMs);
            share(service, course, atMs);
            if (atMs + SpotWatch.LOOK_MS <= SpotStormCourse.END_MS) {
                look(plane, service, watch, course, atMs + SpotWatch.LOOK_MS);
            }
        });
    }

    private void share(SimulatedSpotService service, SpotStormCourse course, long atMs) {
        addShare(0, service, atMs, SpotStormCourse.STORM_MS - HOUR, SpotStormCourse.STORM_MS);
        addShare(1, service, atMs, course.lastNoticeMs(), course.firstBackMs());
        addShare(2, service, atMs, SpotStormCourse.END_MS - HOUR, SpotStormCourse.END_MS);
    }

    private void addShare(int which, SimulatedSpotService service, long atMs, long fromMs, long toMs) {
        if (atMs > fromMs && atMs <= toMs) {
            int ready = service.ready();
            double share = ready == 0 ? 0 : 1 - (double) service.onDemand().ready() / ready;
            shares[which] += share * SpotWatch.LOOK_MS / (toMs - fromMs);
        }
    }

    private SimulatedSpotService service(SpotStormCourse course) {
        var defaults = SpotSettings.DEFAULTS;
        var settings = new SpotSettings(
                defaults.changeover(),
                defaults.boot(),
                options.notice(),
                defaults.step(),
                options.poolShare(),
                defaults.availabilityMin());
        var policy =
                SpotServicePolicy.of("web", "shop", "region-1", Money.dollars(SpotStormCourse.ON_DEMAND_USD), settings);
        return new SimulatedSpotService(policy, options.instances(), course.markets(), course.onDemand());
    }

    private ControlPlane plane(String name, long seed) {
        return new ControlPlane(
                new ControlPlane.Setup(
                        name,
                        seed,
                        START,
                        options.provider().profile(),
                        1,
                        constraints(),
                        CalendarPolicy.DEFAULTS,
                        DecisionPolicy.DEFAULTS,
                        ResourcePolicy.DEFAULTS,
                        BUDGET,
                        Duration.ofHours(1).toMillis(),
                        surroundings.journal()),
                Outside.SILENT);
    }

    /** A market is filled and left at once: the limits on a workload's growth within minutes are for the service, not for these. */
    private static SafetyConstraints constraints() {
        SafetyConstraints c = SafetyConstraints.DEFAULTS;
        return new SafetyConstraints(
                c.requireApprovalAbove(),
                c.maxVmsAutoProvisioned(),
                c.maxDataDeletedBytes(),
                c.rateLimitActions(),
                SafetyConstraints.SCALE_UP_MAX_PERCENT,
                100,
                c.requireMultiApproval(),
                c.businessHoursOnly(),
                c.canaryRegionsFirst(),
                c.maxAutomatedCost(),
                c.businessHours(),
                c.canaryRegions());
    }

    /** All in the market that is cheapest at the start; or always asks the cheapest that has any for what is missing. */
    private Run rival(SpotStormCourse course, boolean anyMarket) {
        var service = service(course);
        var watch = new SpotWatch(service);
        SimulatedMarket first =
                cheapest(service.markets().values().stream().toList(), 0).orElseThrow();
        for (long at = RIVAL_STEP_MS; at <= SpotStormCourse.END_MS; at += SpotWatch.LOOK_MS) {
            service.advance(at);
            if (at == SpotStormCourse.WARM_UP_MS) {
                watch.begin(at);
            } else if (at > SpotStormCourse.WARM_UP_MS) {
                watch.look(at);
            }
            if (at % RIVAL_STEP_MS == 0) {
                int have = service.markets().values().stream()
                        .mapToInt(m -> m.provisioned() - m.noticed())
                        .sum();
                List<SimulatedMarket> open = service.markets().values().stream()
                        .filter(m -> m.isOpen() && (anyMarket || m == first))
                        .toList();
                cheapest(open, at)
                        .filter(m -> have < service.wanted())
                        .ifPresent(m -> m.setInstances(m.provisioned() + service.wanted() - have));
            }
        }
        return Run.of(watch);
    }

    private static Optional<SimulatedMarket> cheapest(List<SimulatedMarket> markets, long atMs) {
        return markets.stream().min(Comparator.comparingDouble(m -> m.course().pricePerH(atMs)));
    }

    private void add(String policy, Run run) {
        runs.computeIfAbsent(policy, p -> new ArrayList<>()).add(run);
    }

    private void note(String name, ControlPlane plane, SimulatedSpotService service, SpotWatch watch) {
        coveredS.addAll(watch.coveredS());
        notices += watch.notices();
        for (SimulatedMarket market : service.markets().values()) {
            noticed += market.noticedInAll();
            taken += market.taken();
        }
        if (plane.host().state(service.policy().address()) instanceof SpotState state) {
            proposals += state.sequence();
            service.places().forEach((address, place) -> state.markets().forEach((market, known) -> {
                if (service.policy().resource(market).equals(address)) {
                    heldAtBidUsdPerH += known.bid().times(place.provisioned()).toDollars();
                }
            }));
        }
        String budget = DecisionPolicy.DEFAULTS.routes().budget();
        if (plane.host().state(budget) instanceof BudgetState state) {
            heldUsdPerH += state.commitments().values().stream()
                    .map(Commitment::finalRatePerHour)
                    .mapToDouble(Money::toDollars)
                    .sum();
        }
        var invariants = plane.invariants();
        totals.add(
                SpotStormCourse.END_MS / 1e3,
                plane.scheduler().steps(),
                plane.journal().size(),
                plane.journal().sha256OfAll(),
                invariants.checked(),
                invariants.violated());
        invariants.problems().stream().limit(3).forEach(problem -> notes.add(name + ": " + problem));
    }

    private SpotStormFigures figures() {
        int seeds = options.seeds().values().size();
        double hours = (SpotStormCourse.END_MS - SpotStormCourse.WARM_UP_MS) / HOUR_MS;
        double onDemand = options.instances() * hours * SpotStormCourse.ON_DEMAND_USD;
        List<Policy> policies = new ArrayList<>();
        policies.add(new Policy("all on demand", 100, options.instances(), 0, onDemand, 0));
        for (String name : List.of("cheapest market, no fall-back", "any market, no fall-back", "zeroops")) {
            policies.add(policy(name, runs.getOrDefault(name, List.of()), onDemand));
        }
        return new SpotStormFigures(
                SCENARIO,
                options.seeds().values(),
                options.instances(),
                SpotStormOptions.MARKETS,
                options.struck(),
                policies,
                notices,
                noticed,
                taken,
                finite(percentile95(coveredS)),
                finite(coveredS.stream().max(Comparator.naturalOrder()).orElse(null)),
                100 * shares[0] / seeds,
                100 * shares[1] / seeds,
                100 * shares[2] / seeds,
                proposals,
                heldUsdPerH / seeds,
                heldAtBidUsdPerH / seeds,
                totals.virtualS(),
                totals.wallS(),
                totals.journalEvents(),
                totals.journalSha256(),
                totals.checked(),
                totals.violated());
    }

    private static Policy policy(String name, List<Run> all, double onDemand) {
        double usd = all.stream().mapToDouble(Run::usd).average().orElse(0);
        return new Policy(
                name,
                100 * all.stream().mapToDouble(Run::availability).average().orElse(0),
                all.stream().mapToInt(Run::fewest).min().orElse(0),
                all.stream().mapToDouble(Run::shortageS).max().orElse(0),
                usd,
                100 * (1 - usd / onDemand));
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || value.isInfinite() ? null : value;
    }

    /** By nearest rank; null of nothing. */
    private static @Nullable Double percentile95(List<Double> values) {
        List<Double> ascending = values.stream().sorted().toList();
        return ascending.isEmpty() ? null : ascending.get((int) Math.ceil(0.95 * ascending.size()) - 1);
    }
}
