package io.novacron.zeroops.agents.provisioning;

import static io.novacron.zeroops.agents.provisioning.SpotServicePolicy.ON_DEMAND;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Market;
import io.novacron.zeroops.agents.provisioning.SpotCommand.OnDemand;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import io.novacron.zeroops.agents.provisioning.SpotEvent.ChangeProposed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random markets, and decisions that end in every way. */
class SpotPropertyTest {
    private static final Duration REPORTS = Duration.ofSeconds(10);
    private static final int ROUNDS = 400;
    private static final int QUIET_ROUNDS = 400;

    /** One market as it is. */
    private static final class Place {
        double price;
        boolean isOpen = true;
        int ready;
        Optional<Instant> taken = Optional.empty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private Instant now = Instant.parse("2026-01-05T12:00:00Z");
    private final Map<String, Place> places = new TreeMap<>();
    private final Map<String, Proposal> out = new TreeMap<>(); // by market
    private int onDemand;
    private int wanted;

    @ParameterizedTest
    @MethodSource("seeds")
    void wantedCapacityIsAlwaysAskedForSpreadAndBoundedAndComesToRest(long seed) {
        var random = new SplittableRandom(seed);
        var settings = new SpotSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                random.nextDouble(0.2, 1),
                0.999);
        var agent = new SpotAgent(SpotServicePolicy.of("web", "shop", "eu", Money.dollars(1), settings));
        wanted = random.nextInt(1, 60);
        for (int i = random.nextInt(1, 6); i >= 0; i--) {
            var place = new Place();
            place.price = random.nextDouble(0.2, 1.2);
            places.put("m" + i, place);
        }
        SpotState state = agent.initial();
        for (int round = 0; round < ROUNDS + QUIET_ROUNDS; round++) {
            boolean isWild = round < ROUNDS;
            if (isWild) {
                weather(random);
            }
            take();
            state = end(agent, state, random, isWild);
            state = look(agent, state, settings);
            now = now.plus(REPORTS);
        }
        assertThat(out).isEmpty();
        assertThat(agent.pending(state)).isEmpty();
        assertThat(agent.deadline(state)).isEmpty();
        assertThat(onDemand + places.values().stream().mapToInt(p -> p.ready).sum())
                .isEqualTo(wanted);
    }

    private void weather(SplittableRandom random) {
        if (random.nextInt(40) == 0) {
            wanted = random.nextInt(1, 60);
        }
        for (Place place : places.values()) {
            place.price = Math.max(0.1, Math.min(1.2, place.price * random.nextDouble(0.97, 1.031)));
            if (place.isOpen && random.nextInt(60) == 0) {
                place.isOpen = false;
                place.taken = place.ready > 0 ? Optional.of(now.plusSeconds(120)) : Optional.empty();
            } else if (!place.isOpen && place.taken.isEmpty() && random.nextInt(30) == 0) {
                place.isOpen = true;
            }
        }
    }

    private void take() {
        for (Place place : places.values()) {
            if (place.taken.filter(at -> !at.isAfter(now)).isPresent()) {
                place.ready = 0;
                place.taken = Optional.empty();
            }
        }
    }

    private SpotState end(SpotAgent agent, SpotState before, SplittableRandom random, boolean isWild) {
        SpotState state = before;
        for (String market : List.copyOf(out.keySet())) {
            if (random.nextInt(3) > 0) {
                Proposal proposal = out.remove(market);
                Action action = proposal.action();
                boolean possible = action.delta() < 0
                        || market.equals(ON_DEMAND)
                        || Optional.ofNullable(places.get(market))
                                .filter(p -> p.isOpen)
                                .isPresent();
                boolean succeeds = possible && (!isWild || random.nextInt(8) > 0);
                if (succeeds) {
                    set(market, action.to());
                }
                var change = new Change.Ended(succeeds ? Change.End.VERIFIED : Change.End.NO_EFFECT, action.to(), "");
                state = tell(agent, state, new DecisionEnded(proposal.decision(), Verdict.APPROVED, "", change))
                        .after();
            }
        }
        return state;
    }

    private void set(String market, int ready) {
        if (market.equals(ON_DEMAND)) {
            onDemand = ready;
        } else {
            Optional.ofNullable(places.get(market))
                    .ifPresent(p -> p.ready = p.taken.isPresent() ? Math.min(p.ready, ready) : ready);
        }
    }

    private SpotState look(SpotAgent agent, SpotState before, SpotSettings settings) {
        List<Market> markets = new ArrayList<>();
        places.forEach((name, p) -> markets.add(new Market(
                name,
                Money.dollars(p.price),
                p.isOpen,
                Duration.ofHours(5),
                p.ready,
                0,
                p.taken.isPresent() ? p.ready : 0,
                p.taken)));
        int staying = Math.min(onDemand, to(ON_DEMAND, onDemand))
                + markets.stream()
                        .mapToInt(m -> Math.min(m.ready() - m.noticed(), to(m.market(), m.ready())))
                        .sum();
        var taken = tell(agent, before, new ReportMarkets(now, wanted, markets, new OnDemand(onDemand, 0)));
        int givenUp = 0;
        for (SpotEvent event : taken.result().events()) {
            var proposed = (ChangeProposed) event;
            Action action = proposed.proposal().action();
            assertThat(proposed.proposal().defect()).isEmpty();
            assertThat(out.put(proposed.market(), proposed.proposal())).isNull();
            Place place = places.get(proposed.market());
            assertThat(action.from()).isEqualTo(place == null ? onDemand : place.ready);
            if (place != null && action.delta() > 0) {
                assertThat(action.to()).isLessThanOrEqualTo((int) Math.ceil(settings.poolShareMax() * wanted));
                assertThat(place.isOpen && place.taken.isEmpty()).isTrue();
                assertThat(place.price)
                        .isLessThanOrEqualTo(action.unitCostPerHour().toDollars() + 1e-6);
            } else if (action.delta() < 0 && (place == null || place.taken.isEmpty())) {
                givenUp -= action.delta();
            }
        }
        assertThat(givenUp).isLessThanOrEqualTo(Math.max(0, staying - wanted));
        assertThat(agent.pending(taken.after()).size()).isLessThanOrEqualTo(Turn.PENDING_MAX);
        boolean canFallBack = !before.market(ON_DEMAND).restUntil().isAfter(now)
                && before.market(ON_DEMAND).open().isEmpty();
        if (canFallBack) {
            assertThat(askedFor()).isGreaterThanOrEqualTo(wanted);
        }
        return taken.after();
    }

    /** What stays, and what is out counted as if it were so. */
    private int askedFor() {
        int sum = Math.max(onDemand, to(ON_DEMAND, onDemand));
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            if (entry.getValue().taken.isEmpty()) {
                sum += Math.max(entry.getValue().ready, to(entry.getKey(), 0));
            }
        }
        return sum;
    }

    private int to(String market, int otherwise) {
        Proposal proposal = out.get(market);
        return proposal == null ? otherwise : proposal.action().to();
    }

    private Turn.Taken<SpotEvent, SpotState> tell(SpotAgent agent, SpotState state, Command command) {
        return Turn.take(agent, state, command, now);
    }
}
