package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.HttpEntity;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A change that a program or a person proposes from outside.
 *
 * @param id the client's own, by which a repeat is known
 * @param instances wanted; of a VM 0 or 1
 * @param least the fewest (of a scale-in the most) that are worth having
 * @param validFor how long it may be decided on
 */
record ChangeRequest(
        String id,
        String resource,
        Verb verb,
        int instances,
        Optional<Integer> least,
        Priority priority,
        String reason,
        Duration validFor,
        Operations.Priced priced) {
    /** Who is told how such a decision ends: nobody is there, and clients ask. */
    static final String PROPOSER = "client/api";

    static final int ID_MAX = 100;
    private static final Duration VALID_FOR = Duration.ofMinutes(10);
    private static final int VALID_FOR_MAX_S = 86_400;
    private static final Duration COST_FOR = Duration.ofHours(1);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final List<String> FIELDS = List.of(
            "id",
            "resource",
            "action",
            "instances",
            "least_instances",
            "reason",
            "priority",
            "valid_for_s",
            "project",
            "region",
            "cost_per_hour_usd");

    private static final String EXAMPLE =
            "{\"id\": \"deploy-42\", \"resource\": \"workload/web\", \"action\": \"scale\", \"instances\": 12,"
                    + " \"reason\": \"launch\"}";

    /** What can be proposed. */
    enum Verb {
        SCALE(Lifecycle.WORKLOAD),
        START(Lifecycle.VM),
        STOP(Lifecycle.VM),
        RESTART(Lifecycle.VM);

        private final Lifecycle of;

        Verb(Lifecycle of) {
            this.of = of;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param prices what the settings say of a resource */
    static ChangeRequest of(HttpEntity.Strict entity, Function<String, Optional<Operations.Priced>> prices) {
        JsonBody body = JsonBody.of(entity, FIELDS, EXAMPLE);
        String id = body.text("id");
        if (id.length() > ID_MAX || !ID.matcher(id).matches()) {
            throw body.wrong("id", "use an id of your own, 1 to " + ID_MAX + " letters, digits and _.:@+-");
        }
        String resource = Ids.checked("resource", body.text("resource"));
        Verb verb = verb(body, resource);
        boolean scales = verb == Verb.SCALE;
        Optional<Integer> instances = body.whole("instances", 0, Action.QUANTITY_MAX);
        if (instances.isPresent() != scales) {
            throw body.wrong("instances", scales ? "say how many there shall be" : "leave it out but with scale");
        }
        Optional<Integer> least = body.whole("least_instances", 0, Action.QUANTITY_MAX);
        if (least.isPresent() && !scales) {
            throw body.wrong("least_instances", "leave it out but with scale");
        }
        return new ChangeRequest(
                id,
                resource,
                verb,
                instances.orElse(verb == Verb.STOP ? 0 : 1),
                least,
                priority(body),
                body.line("reason", OperationsRoutes.REASON_MAX),
                body.whole("valid_for_s", 1, VALID_FOR_MAX_S)
                        .map(Duration::ofSeconds)
                        .orElse(VALID_FOR),
                priced(body, prices.apply(resource)));
    }

    private static Verb verb(JsonBody body, String resource) {
        Verb verb = Arrays.stream(Verb.values())
                .filter(v -> v.word().equals(body.text("action")))
                .findFirst()
                .orElseThrow(() -> body.wrong(
                        "action",
                        "use " + Arrays.stream(Verb.values()).map(Verb::word).collect(Collectors.joining(", "))));
        if (!Lifecycle.ofAddress(resource).equals(Optional.of(verb.of))) {
            throw body.wrong(
                    "resource",
                    verb.word() + " is for "
                            + (verb == Verb.SCALE ? "workloads, such as workload/web" : "VMs, such as vm/vm-1"));
        }
        return verb;
    }

    private static Priority priority(JsonBody body) {
        if (!body.has("priority")) {
            return Priority.P3;
        }
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().equals(body.text("priority")))
                .findFirst()
                .orElseThrow(() -> body.wrong("priority", "use P0, P1, P2, P3 or P4"));
    }

    /** What the settings know is theirs to say; all else has to be said here. */
    private static Operations.Priced priced(JsonBody body, Optional<Operations.Priced> known) {
        if (known.isPresent()) {
            for (String field : List.of("project", "region", "cost_per_hour_usd")) {
                if (body.has(field)) {
                    throw body.wrong(field, "leave it out: the settings say it of this resource");
                }
            }
            return known.get();
        }
        for (String field : List.of("project", "region")) {
            if (!NAME.matcher(body.text(field)).matches()) {
                throw body.wrong(
                        field,
                        "the settings do not know this resource: use a name of 1 to 63 letters, digits, '.', '_' or '-'");
            }
        }
        BigDecimal dollars = body.decimal(
                "cost_per_hour_usd", BigDecimal.ZERO, BigDecimal.valueOf(Action.UNIT_COST_MAX.micros(), 6), 6);
        var cost = new Money(dollars.movePointRight(6).longValueExact());
        return new Operations.Priced(body.text("project"), body.text("region"), cost);
    }

    /** The id of its decision; scalers' begin otherwise. */
    String decision() {
        return "client/" + id;
    }

    /** Whether the resource's own number of instances has to be known. */
    boolean dependsOnInstances() {
        return verb == Verb.SCALE;
    }

    /** @param from instances that there are; counts for scaling only, and is not {@link #instances} then */
    Proposal proposal(int from, Instant now) {
        Action action = Action.of(
                kind(from),
                resource,
                priced.project(),
                priced.region(),
                dependsOnInstances() ? from : verb == Verb.START ? 0 : 1,
                instances,
                priced.costPerHour());
        return new Proposal(
                decision(),
                PROPOSER,
                action,
                least.orElse(instances),
                priority,
                List.of(new Proposal.Alternative(action.from(), "do nothing")),
                reason,
                1,
                cause(),
                List.of(new Proposal.Fact("proposed_by", "client")),
                now,
                now.plus(validFor),
                now.plus(COST_FOR));
    }

    private ActionClass kind(int from) {
        return switch (verb) {
            case SCALE -> instances > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
            case START -> ActionClass.START_VM;
            case STOP -> ActionClass.STOP_VM;
            case RESTART -> ActionClass.RESTART_VM;
        };
    }

    /** The proposal of a decision that there is, if this request is the one that led to it. */
    Proposal again(Proposal first) {
        return new Proposal(
                first.decision(),
                first.proposer(),
                first.action(),
                first.leastTo(),
                first.priority(),
                first.alternatives(),
                first.effect(),
                first.confidence(),
                cause(),
                first.facts(),
                first.at(),
                first.validUntil(),
                first.costUntil());
    }

    /** By what it says: another request of the same id has another cause, which the decision refuses. */
    private String cause() {
        String said = String.join(
                "\n",
                resource,
                verb.word(),
                Integer.toString(instances),
                least.map(Object::toString).orElse(""),
                priority.name(),
                reason,
                validFor.toString(),
                priced.project(),
                priced.region(),
                Long.toString(priced.costPerHour().micros()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
            return "request/" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
