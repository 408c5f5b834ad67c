package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Instant;
import java.util.List;

/** What a budget is told beyond reviews: {@link io.novacron.zeroops.agents.decision.ReviewCommand}. */
public sealed interface BudgetCommand extends Command {

    /**
     * Adds these nodes, or sets them anew; those not named stay as they are. All or nothing. A node that gets another
     * parent takes along what it used in this period. The first opens the current period.
     *
     * <p>Refused as {@code person_missing}, {@code nodes_missing}, {@code node_id_missing}, {@code duplicate_node}, {@code
     * limit_out_of_range}, {@code too_many_nodes}, {@code unknown_parent}, {@code cycle}, {@code too_deep}, {@code
     * limit_below_use}. A repeat changes nothing.
     *
     * @param person the opaque id of who set it
     */
    @TypeName("budget.Allocate/1")
    record Allocate(String person, List<Node> nodes) implements BudgetCommand {
        public Allocate {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A resource ran and was billed before there was a budget: its money is held, and firmly so, from where its bills begin. A
     * hold like any other from then on, to be ended with {@link io.novacron.zeroops.agents.decision.ReviewCommand.End}; only
     * then is a repeat known no longer.
     *
     * <p>Answered and refused as a {@link Priority#P0} {@link io.novacron.zeroops.agents.decision.ReviewCommand.Hold} is.
     *
     * @param since by the clock of who bills: usage before it is not billed, or was billed already
     */
    @TypeName("budget.Adopt/1")
    record Adopt(String decision, Action action, Instant since, Instant until) implements BudgetCommand {
        Hold hold() {
            return new Hold(decision, action, Priority.P0, until);
        }
    }

    /**
     * The provider billed a resource for the time from the last such reading to this one. A repeat is known by its
     * instant: not after the last one.
     *
     * <p>Refused as {@code unknown_resource} where nothing is committed (any more: its last reading, repeated, gets this
     * too), {@code billed_out_of_range}, and {@code reading_in_the_future}.
     *
     * @param billed not negative, at most {@link Node#LIMIT_MAX}
     */
    @TypeName("budget.Meter/1")
    record Meter(Origin origin, String resource, Money billed, Instant upTo) implements BudgetCommand {}

    /**
     * Moves a part of one node's limit to another, as when one team does not use what another needs. The sum stays, and so no
     * limit above is touched; what the giver uses already is not given.
     *
     * <p>Refused as {@code person_missing}, {@code unknown_node}, {@code same_node}, {@code limit_out_of_range}, {@code
     * not_siblings}, and {@code limit_below_use}.
     *
     * @param person the opaque id of whoever moves it
     * @param fromLimit the giver's limit before, as the person saw it: a repeat, or a change meanwhile, is refused as {@code
     *     limit_changed}
     */
    @TypeName("budget.Reallocate/1")
    record Reallocate(String person, String from, String to, Money amount, Money fromLimit) implements BudgetCommand {}

    /**
     * Somebody who watches the bills found that a node was billed much more than was to be expected. Soft: it is journaled and
     * told, and reserves nothing.
     *
     * <p>Refused as {@code unknown_node}, {@code anomaly_id_missing}, {@code anomaly_is_no_rise}. A repeat, known by its id
     * while it is among the last {@link Watch#ANOMALIES_MAX}, changes nothing.
     */
    @TypeName("budget.ReportAnomaly/1")
    record ReportAnomaly(Watch.Anomaly anomaly) implements BudgetCommand {}

    /** Needs no origin: an effect's id settles once. Refused as {@code not_pending} after that. */
    @TypeName("budget.Settle/1")
    record Settle(String effectId, Outcome outcome) implements BudgetCommand {}

    /** Look at the clock; does something only once a deadline has passed. */
    @TypeName("budget.Tick/1")
    record Tick() implements BudgetCommand {}
}
