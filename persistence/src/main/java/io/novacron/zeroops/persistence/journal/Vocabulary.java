package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.budget.BudgetCommand;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.SpendCommand;
import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.OversightCommand;
import io.novacron.zeroops.agents.decision.OwnerCommand;
import io.novacron.zeroops.agents.decision.ProposerCommand;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.ops.OpsAnswer;
import io.novacron.zeroops.agents.ops.OpsCommand;
import io.novacron.zeroops.agents.ops.OpsEvent;
import io.novacron.zeroops.agents.ops.OpsState;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.agents.provisioning.SpotCommand;
import io.novacron.zeroops.agents.provisioning.SpotEvent;
import io.novacron.zeroops.agents.provisioning.SpotState;
import io.novacron.zeroops.agents.safety.CalendarCommand;
import io.novacron.zeroops.agents.safety.CalendarEvent;
import io.novacron.zeroops.agents.safety.CalendarState;
import io.novacron.zeroops.agents.safety.SafetyCommand;
import io.novacron.zeroops.agents.safety.SafetyEvent;
import io.novacron.zeroops.agents.safety.SafetyState;
import io.novacron.zeroops.agents.safety.Scope;
import io.novacron.zeroops.agents.scaling.ScalerCommand;
import io.novacron.zeroops.agents.scaling.ScalerEvent;
import io.novacron.zeroops.agents.scaling.ScalerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is stored or sent, by its {@link TypeName}. */
public final class Vocabulary {

    /** A sealed interface, whose every record is meant, or one record. One line for each; the order means nothing. */
    private static final List<Class<?>> ROOTS = List.of(
            Answer.None.class,
            BudgetCommand.class,
            BudgetEvent.class,
            CalendarCommand.class,
            CalendarEvent.class,
            Change.class,
            DecisionCommand.class,
            DecisionCommand.Progress.class,
            DecisionEvent.class,
            Observed.class,
            OpsAnswer.class,
            OpsCommand.class,
            OpsEvent.class,
            Outcome.class,
            OversightCommand.class,
            OwnerCommand.class,
            ProposerCommand.class,
            ResourceCommand.class,
            ResourceEvent.class,
            ReviewCommand.class,
            SafetyCommand.class,
            SafetyEvent.class,
            ScalerCommand.class,
            ProvisionerCommand.class,
            ScalerEvent.class,
            ProvisionerEvent.class,
            Scope.class,
            SpendCommand.class,
            SpotCommand.class,
            SpotEvent.class,
            Vote.class);

    private static final List<Class<?>> TYPES =
            ROOTS.stream().flatMap(Vocabulary::records).toList();

    private static final List<Class<? extends State>> STATES = List.of(
            BudgetState.class,
            CalendarState.class,
            DecisionState.class,
            OpsState.class,
            ResourceState.class,
            SafetyState.class,
            ScalerState.class,
            ProvisionerState.class,
            SpotState.class);

    private static final Map<String, Class<?>> BY_NAME = Stream.concat(TYPES.stream(), STATES.stream())
            .collect(Collectors.toUnmodifiableMap(Vocabulary::nameOf, Function.identity()));

    private Vocabulary() {}

    static List<Class<?>> roots() {
        return ROOTS;
    }

    /** Every record that must stay readable for ever, each once, always in the same order. */
    public static List<Class<?>> types() {
        return TYPES;
    }

    /** The states of all agents: stored only in snapshots, which a later build need not be able to read. */
    public static List<Class<? extends State>> states() {
        return STATES;
    }

    /** The record that is stored under this name. */
    public static Optional<Class<?>> typeOf(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The name under which records of this type are stored.
     *
     * @throws IllegalArgumentException if it has none: a programming error
     */
    public static String nameOf(Class<?> type) {
        TypeName name = type.getAnnotation(TypeName.class);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " needs a @TypeName");
        }
        return name.value();
    }

    private static Stream<Class<?>> records(Class<?> root) {
        if (root.isRecord()) {
            return Stream.of(root);
        }
        if (!root.isSealed()) {
            throw new IllegalArgumentException(root.getName() + " is neither a sealed interface nor a record");
        }
        return Stream.of(root.getPermittedSubclasses()).flatMap(Vocabulary::records);
    }
}
