package io.novacron.zeroops.http.routes;

import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.view.BudgetView;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.InterventionView;
import io.novacron.zeroops.persistence.view.ResourceView;
import io.novacron.zeroops.persistence.view.Views;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Views without a journal, which a test fills itself. */
class MemoryViews implements Views {
    private final Map<Long, DecisionView> decisions = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    final Map<String, ProvisionerState> pools = new ConcurrentHashMap<>(); // by address
    private final List<ResourceView> resources;
    private final List<BudgetView> budgets;

    MemoryViews(List<ResourceView> resources, List<BudgetView> budgets) {
        this.resources = resources;
        this.budgets = budgets;
    }

    void put(DecisionView view) {
        decisions.put(view.ordering(), view);
    }

    @Override
    public List<DecisionView> decisions(DecisionQuery query) {
        return decisions.values().stream()
                .filter(d -> query.before().map(b -> d.ordering() < b).orElse(true))
                .filter(d -> query.resource()
                        .map(r -> r.equals(
                                d.state().course().orElseThrow().action().resource()))
                        .orElse(true))
                .filter(d -> query.agent()
                        .map(a -> a.equals(
                                d.state().course().orElseThrow().proposal().proposer()))
                        .orElse(true))
                .filter(d -> query.cause()
                        .map(c -> c.equals(
                                d.state().course().orElseThrow().proposal().cause()))
                        .orElse(true))
                .filter(d -> query.since().map(s -> !d.openedAt().isBefore(s)).orElse(true))
                .filter(d -> query.until().map(u -> d.openedAt().isBefore(u)).orElse(true))
                .filter(d -> query.verdict().isEmpty() || query.verdict().equals(verdict(d)))
                .limit(query.limit())
                .toList();
    }

    private static Optional<Verdict> verdict(DecisionView view) {
        return view.state().conclusion().map(Conclusion::verdict);
    }

    @Override
    public Optional<DecisionView> decision(String decision) {
        return decisions.values().stream()
                .filter(d -> d.decision().equals(decision))
                .findFirst();
    }

    @Override
    public Optional<ResourceView> resource(String address) {
        return resources.stream()
                .filter(view -> view.resource().equals(address))
                .findFirst();
    }

    @Override
    public List<ResourceView> resources(String after, int limit) {
        return resources.stream()
                .filter(view -> view.resource().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<BudgetView> budgets() {
        return budgets;
    }

    @Override
    public List<Anomaly> anomalies() {
        Instant to = Instant.parse("2026-01-05T12:00:00Z");
        return List.of(new Anomaly("bill/7", "shop", to.minusSeconds(3600), to, Money.dollars(9), Money.dollars(4)));
    }

    @Override
    public ProvisionerState pool(String address) {
        return pools.getOrDefault(address, ProvisionerState.INITIAL);
    }

    @Override
    public List<InterventionView> interventions(int limit) {
        return decisions.values().stream()
                .flatMap(d -> d.state().conclusion().stream().flatMap(c -> c.interventions().stream()
                        .map(kind -> new InterventionView(
                                d.decision(), kind, d.state().asOf()))))
                .limit(limit)
                .toList();
    }

    @Override
    public Counts counts() {
        return new Counts(
                decisions.size(),
                verdicts().filter(Optional::isEmpty).count(),
                count(Verdict.APPROVED),
                count(Verdict.REJECTED),
                count(Verdict.DECLINED),
                count(Verdict.EXPIRED),
                ended(Change.End.VERIFIED),
                ended(Change.End.ESCALATED),
                interventions(Integer.MAX_VALUE).stream()
                        .map(InterventionView::decision)
                        .distinct()
                        .count());
    }

    private long ended(Change.End end) {
        return decisions.values().stream()
                .flatMap(d -> d.state().conclusion().stream())
                .filter(c -> c.verdict() == Verdict.APPROVED && c.change().end() == end)
                .count();
    }

    private long count(Verdict verdict) {
        return verdicts().filter(Optional.of(verdict)::equals).count();
    }

    private Stream<Optional<Verdict>> verdicts() {
        return decisions.values().stream().map(MemoryViews::verdict);
    }

    @Override
    public Position readUpTo() {
        return new Position(0, decisions.keySet().stream().findFirst().orElse(0L));
    }
}
