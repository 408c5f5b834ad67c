package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetPolicy.Subscription;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that operators set, as {@link SettingsReader} found it in a file, and the agents' policies made of it. The components,
 * here and in the groups, are the table of keys: see {@link Key}.
 */
public record Settings(
        @Key(value = "true", says = "Whether a new installation starts in full automation, rather than observing only.")
                boolean enableFullAutomation,
        @Key(value = "false", says = "Whether people approve every decision.") boolean humanApproval,
        @Key(
                        value = "10000",
                        min = "0",
                        max = "1000000000",
                        says = "Dollars per hour that automation added and did not take away again.")
                Money maxAutomatedCost,
        @Key(value = "true", used = false, says = "Whether a chaos experiment runs each day.")
                boolean chaosEngineeringDaily,
        @Key(value = "false", used = false, says = "Whether people are told of nothing less than a P0.")
                boolean alertOnlyP0,
        @Key(
                        value = "10s",
                        min = "1s",
                        max = "1d",
                        used = false,
                        says = "The goal for the mean time from a fault's start until it is detected.")
                Duration targetMttd,
        @Key(
                        value = "60s",
                        min = "1s",
                        max = "1d",
                        used = false,
                        says = "The goal for the mean time from a fault's start until its end is verified.")
                Duration targetMttr,
        @Key(
                        value = "0.999",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The goal for the share of executed decisions that end verified without people.")
                double targetAutomationRate,
        @Key(
                        value = "0.0001",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The goal for the share of pages with no fault behind them.")
                double maxFalseAlertRate,
        @Key(name = "safety_constraints", says = "What automation may do at most.") SafetySettings safety,
        @Key(name = "scaling_config", says = "How eagerly all workloads are scaled.") ScalingSettings scaling,
        @Key(name = "budget_config", says = "The money of a calendar month.") BudgetSettings budget,
        @Key(name = "alerting_config", says = "What of all alerts people hear.") AlertingSettings alerting,
        @Key(says = "How long a decision waits for whom.") DecisionSettings decisions,
        @Key(says = "The one disruption budget that incidents, chaos and rollouts share.") CalendarSettings calendar,
        @Key(says = "How people take over, and hand over.") OperationsSettings operations,
        @Key(says = "How long the owner of a resource waits for the provider.") ResourceSettings resources,
        @Key(says = "What telemetry means, and what in it is a signal.") TelemetrySettings telemetry,
        @Key(says = "The process itself.", local = true) NodeSettings node,
        @Key(name = "database", says = "Where the journal is.", local = true) DatabaseSettings database,
        @Key(says = "Which other nodes there are, and how they are reached.", local = true) ClusterSettings cluster,
        @Key(says = "Who owns the machines, and how to reach them.", local = true) ProviderSettings provider,
        @Key(
                        value = "[{name: web, project: shop, region: region-1, safe_load_per_s: 50, min_instances: 2,"
                                + " max_instances: 60, cost_per_hour: 0.10},"
                                + " {name: api, project: shop, region: region-1, safe_load_per_s: 100, min_instances: 2,"
                                + " max_instances: 40, cost_per_hour: 0.20},"
                                + " {name: search, project: search, region: region-2, safe_load_per_s: 20, min_instances: 1,"
                                + " max_instances: 30, cost_per_hour: 0.40}]",
                        says = "What is scaled. By default web, api and search, which the simulated fleet serves.")
                List<WorkloadSettings> workloads,
        @Key(
                        value = "[]",
                        says =
                                "VMs of which what is not used is stopped, and after its grace deleted. By default none.")
                List<PoolSettings> pools)
        implements Consistent {

    /** Those of an empty file. */
    public static final Settings DEFAULTS = Reading.defaults();

    public Settings {
        workloads = List.copyOf(workloads);
        pools = List.copyOf(pools);
    }

    /**
     * Those that a journal holds as {@link #canonical()}. A key that came into being later has its default.
     *
     * @throws SettingsException if this version allows some value no longer
     */
    public static Settings ofCanonical(String canonical) throws SettingsException {
        return SettingsReader.parse("journaled settings", canonical).settings();
    }

    @Override
    public void check(Complaints complaints) {
        if (!enableFullAutomation && operations.mode() == StartMode.FULL) {
            complaints.add(
                    "full contradicts enable_full_automation false: choose auto, observe or low_risk, or set that to true",
                    "operations.mode",
                    "enable_full_automation");
        }
        if (cluster.isShared() && provider.kind() != ProviderKind.HTTP) {
            complaints.add(
                    "nodes of a cluster share a fleet, and a simulated one is in one process: set provider.kind to http, and"
                            + " run ./zeroops fleet",
                    "cluster.discovery",
                    "provider.kind");
        }
        if (!cluster.isShared() && database.kind() == DatabaseKind.POSTGRESQL) {
            complaints.add(
                    "a journal that others can reach is for the nodes of a cluster, if only of one: set cluster.discovery to"
                            + " static, and contact_points to this node, or database.kind to folder",
                    "database.kind",
                    "cluster.discovery");
        }
        if (cluster.isShared() && database.kind() != DatabaseKind.POSTGRESQL) {
            complaints.add(
                    "a cluster shares its journal: set database.kind to postgresql, or cluster.discovery to none",
                    "cluster.discovery",
                    "database.kind");
        }
        if (provider.kind() == ProviderKind.HTTP && provider.callTimeout().compareTo(resources.callPatience()) >= 0) {
            complaints.add(
                    "is not less than resources.call_patience: its answer would come when nobody waits for it",
                    "provider.call_timeout",
                    "resources.call_patience");
        }
        for (int i = 0; i < workloads.size(); i++) {
            var workload = workloads.get(i);
            checkProject(workload.project(), "workload '" + workload.name(), "workloads[" + i, complaints);
        }
        for (int i = 0; i < pools.size(); i++) {
            var pool = pools.get(i);
            checkProject(pool.project(), "pool '" + pool.name(), "pools[" + i, complaints);
            for (int j = 0; j < i; j++) {
                String other = pools.get(j).vmPrefix();
                if (pool.vmPrefix().startsWith(other) || other.startsWith(pool.vmPrefix())) {
                    complaints.add(
                            "VMs called '" + pool.vmPrefix() + "...' and '" + other
                                    + "...' may be the same: let neither be how the other begins",
                            "pools[" + i + "].vm_prefix",
                            "pools[" + j + "].vm_prefix");
                }
            }
        }
    }

    private void checkProject(String project, String whose, String key, Complaints complaints) {
        if (!budget.pays(project)) {
            complaints.add(
                    "no node of budget_config.tree is called '" + project + "', the project of " + whose
                            + "': add one, or name one that is there",
                    key + "].project",
                    "budget_config.tree");
        }
    }

    /** For the governor. */
    public SafetyConstraints safetyConstraints() {
        return safety.constraints(maxAutomatedCost);
    }

    public DecisionPolicy decisionPolicy() {
        return decisions.policy(safety.requireApprovalAbove(), safety.requireMultiApproval(), humanApproval);
    }

    public CalendarPolicy calendarPolicy() {
        return calendar.policy();
    }

    public OpsPolicy opsPolicy() {
        return operations.policy();
    }

    public ResourcePolicy resourcePolicy() {
        return resources.policy();
    }

    public TelemetryPolicy telemetryPolicy() {
        return telemetry.policy(demandSettings());
    }

    /** How workloads' telemetry becomes demand: cost and performance weighed as people want it. */
    public DemandSettings demandSettings() {
        return scaling.demand();
    }

    public BudgetPolicy budgetPolicy() {
        return budget.policy()
                .telling(poolPolicies().stream()
                        .map(pool -> new Subscription(pool.project(), pool.address()))
                        .toList());
    }

    /** Which rises of spend are told. */
    public SpendWatchSettings spendWatch() {
        return budget.watch();
    }

    public int forecastDays() {
        return budget.forecastDays();
    }

    /** The whole tree, its root first: what {@code BudgetCommand.Allocate} takes. */
    public List<Node> budgetNodes() {
        return budget.nodes(Stream.concat(
                        workloads.stream().map(WorkloadSettings::project),
                        pools.stream().map(PoolSettings::project))
                .toList());
    }

    /** One for each workload, in the order of the file. */
    public List<ScalerPolicy> scalerPolicies() {
        return workloads.stream().map(WorkloadSettings::policy).toList();
    }

    /** One for each pool, in the order of the file. */
    public List<PoolPolicy> poolPolicies() {
        return pools.stream().map(PoolSettings::policy).toList();
    }

    /** Of an installation whose journal knows no mode yet. */
    public Mode initialMode() {
        return switch (operations.mode()) {
            case AUTO -> enableFullAutomation ? Mode.FULL : Mode.OBSERVE;
            case OBSERVE -> Mode.OBSERVE;
            case LOW_RISK -> Mode.LOW_RISK;
            case FULL -> Mode.FULL;
        };
    }

    /**
     * Every value that decisions depend on, sorted by key, as one line of JSON: equal settings give the same text, in any
     * JVM.
     */
    public String canonical() {
        return Canonical.text(this);
    }

    /** That of {@link #canonical()}, in hexadecimal. */
    public String sha256() {
        return Canonical.sha256(canonical());
    }
}
