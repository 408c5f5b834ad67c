package io.novacron.zeroops.runtime.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What both sides of the protocol write and read, version 1: see {@code docs/provider-http.md}. What a reader does not know
 * it passes over, so that fields can be added.
 */
public final class ProviderProtocol {
    public static final String OPERATIONS = "/v1/operations";
    public static final String RESOURCES = "/v1/resources";
    public static final String BILLS = "/v1/bills";
    public static final String HEALTH = "/v1/health";

    /** The longest that a provider holds an operation of type {@code await}. */
    public static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /** Resources, and bills, of one page. */
    public static final int PAGE_MAX = 1_000;

    /** Bytes of an operation. */
    public static final int REQUEST_BYTES_MAX = 16 << 10;

    /** Bytes of a question about {@link #PAGE_MAX} resources whose addresses are as long as they may be. */
    public static final int LOOK_BYTES_MAX = 4 << 20;

    static final int KEY_MAX = 1_000;
    static final int RESOURCE_MAX = 500;
    static final int NAME_MAX = 255;
    static final int CODE_MAX = 500;

    private ProviderProtocol() {}

    /**
     * An operation as it comes in.
     *
     * @param hold how long an await may be held before it is answered as pending
     */
    public record Request(Effect.Call call, Duration hold) {}

    /** @param next what to ask for as {@code after} for the page after this; empty on the last */
    public record Resources(List<Observed> resources, Optional<String> next) {
        public Resources {
            resources = List.copyOf(resources);
        }
    }

    /** The body of an operation; {@code hold} counts for an await only. */
    public static byte[] request(Effect.Call call, Duration hold) {
        ObjectNode body = JsonFields.MAPPER.createObjectNode();
        body.put("key", call.id());
        body.put("resource", call.resource());
        body.put("generation", call.generation());
        if (!(call.operation() instanceof FleetOperation operation)) {
            throw new IllegalArgumentException("no operation of a fleet: " + call.operation());
        }
        body.set("operation", operation(operation));
        if (operation instanceof FleetOperation.Await) {
            body.put("wait_ms", hold.toMillis());
        }
        return bytes(body);
    }

    private static ObjectNode operation(FleetOperation operation) {
        ObjectNode node = JsonFields.MAPPER.createObjectNode().put("type", type(operation));
        if (operation instanceof FleetOperation.SetInstances set) {
            node.put("instances", set.instances());
        } else if (operation instanceof FleetOperation.SetSchedulable set) {
            node.put("schedulable", set.schedulable());
        } else if (operation instanceof FleetOperation.Await await) {
            node.put("condition", lower(await.condition()));
            node.put("instances", await.instances());
        }
        return node;
    }

    /** What the protocol calls it: the name of its class in snake_case. */
    public static String type(FleetOperation operation) {
        return operation
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=.)([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }

    public static Request readRequest(byte[] body) throws ProtocolException {
        JsonFields fields = JsonFields.of(body);
        var call = new Effect.Call(
                fields.text("key", KEY_MAX),
                fields.text("resource", RESOURCE_MAX),
                fields.whole("generation", 0, Long.MAX_VALUE),
                readOperation(fields.group("operation")));
        long wait = fields.wholeOr("wait_ms", 0, 0, WAIT_MAX.toMillis());
        return new Request(call, Duration.ofMillis(wait));
    }

    private static FleetOperation readOperation(JsonFields fields) throws ProtocolException {
        return switch (fields.text("type", NAME_MAX)) {
            case "set_instances" -> new FleetOperation.SetInstances(instances(fields));
            case "start_vm" -> new FleetOperation.StartVm();
            case "stop_vm" -> new FleetOperation.StopVm();
            case "restart_vm" -> new FleetOperation.RestartVm();
            case "snapshot_vm" -> new FleetOperation.SnapshotVm();
            case "delete_vm" -> new FleetOperation.DeleteVm();
            case "set_schedulable" -> new FleetOperation.SetSchedulable(fields.truth("schedulable"));
            case "drain_host" -> new FleetOperation.DrainHost();
            case "describe" -> new FleetOperation.Describe();
            case "await" -> new FleetOperation.Await(fields.one("condition", Condition.class), instances(fields));
            default ->
                throw fields.unknown(
                        "type",
                        "use set_instances, start_vm, stop_vm, restart_vm, snapshot_vm, delete_vm, set_schedulable,"
                                + " drain_host, describe or await");
        };
    }

    private static int instances(JsonFields fields) throws ProtocolException {
        return (int) fields.whole("instances", 0, Action.QUANTITY_MAX);
    }

    /** The answer to an operation; empty for an await that has been held for as long as it may be. */
    public static byte[] answer(Optional<Outcome> outcome) {
        ObjectNode body = JsonFields.MAPPER.createObjectNode();
        if (outcome.isEmpty()) {
            body.put("outcome", "pending");
        } else if (outcome.get() instanceof Outcome.Succeeded succeeded) {
            body.put("outcome", "succeeded");
            if (succeeded.answer() instanceof Observed observed) {
                body.set("observed", observed(observed));
            }
        } else if (outcome.get() instanceof Outcome.Failed failed) {
            body.put("outcome", "failed").put("code", failed.code()).put("retryable", failed.retryable());
        } else if (outcome.get() instanceof Outcome.Unknown unknown) {
            body.put("outcome", "unknown").put("code", unknown.code());
        }
        return bytes(body);
    }

    public static Optional<Outcome> readAnswer(byte[] body) throws ProtocolException {
        JsonFields fields = JsonFields.of(body);
        return switch (fields.text("outcome", NAME_MAX)) {
            case "pending" -> Optional.empty();
            case "succeeded" -> Optional.of(succeeded(fields.optionalGroup("observed")));
            case "failed" -> Optional.of(new Outcome.Failed(fields.text("code", CODE_MAX), fields.truth("retryable")));
            case "unknown" -> Optional.of(new Outcome.Unknown(fields.text("code", CODE_MAX)));
            default -> throw fields.unknown("outcome", "use succeeded, failed, unknown or pending");
        };
    }

    private static Outcome succeeded(Optional<JsonFields> observed) throws ProtocolException {
        return observed.isEmpty() ? Outcome.DONE : new Outcome.Succeeded(readObserved(observed.get()));
    }

    private static ObjectNode observed(Observed observed) {
        return JsonFields.MAPPER
                .createObjectNode()
                .put("resource", observed.resource())
                .put("applied", observed.applied())
                .put("condition", lower(observed.condition()))
                .put("instances", observed.instances())
                .put("booting", observed.booting());
    }

    private static Observed readObserved(JsonFields fields) throws ProtocolException {
        return new Observed(
                fields.text("resource", RESOURCE_MAX),
                fields.whole("applied", 0, Long.MAX_VALUE),
                fields.one("condition", Condition.class),
                instances(fields),
                (int) fields.whole("booting", 0, Action.QUANTITY_MAX));
    }

    /** The body of a question about these resources, at most {@link #PAGE_MAX}. */
    static byte[] look(Collection<String> resources) {
        ObjectNode body = JsonFields.MAPPER.createObjectNode();
        var list = body.putArray("resources");
        resources.forEach(list::add);
        return bytes(body);
    }

    public static Set<String> readLook(byte[] body) throws ProtocolException {
        return new TreeSet<>(JsonFields.of(body).texts("resources", PAGE_MAX, RESOURCE_MAX));
    }

    public static byte[] resources(Resources page) {
        ObjectNode body = JsonFields.MAPPER.createObjectNode();
        var list = body.putArray("resources");
        page.resources().forEach(observed -> list.add(observed(observed)));
        page.next().ifPresent(next -> body.put("next", next));
        return bytes(body);
    }

    static Resources readResources(byte[] body) throws ProtocolException {
        JsonFields fields = JsonFields.of(body);
        List<Observed> all = new ArrayList<>();
        for (JsonFields one : fields.groups("resources", PAGE_MAX)) {
            all.add(readObserved(one));
        }
        return new Resources(
                all, fields.has("next") ? Optional.of(fields.text("next", RESOURCE_MAX)) : Optional.empty());
    }

    public static byte[] bills(List<Bill> bills) {
        ObjectNode body = JsonFields.MAPPER.createObjectNode();
        var list = body.putArray("bills");
        bills.forEach(bill -> list.add(bill(bill)));
        return bytes(body);
    }

    private static ObjectNode bill(Bill bill) {
        ObjectNode node = JsonFields.MAPPER
                .createObjectNode()
                .put("sequence", bill.sequence())
                .put("resource", bill.resource());
        if (bill instanceof Bill.Opening opening) {
            node.putObject("opening")
                    .put("at", opening.at().toString())
                    .put("instances", opening.instances())
                    .put("project", opening.project())
                    .put("region", opening.region())
                    .put("cost_per_hour_micros", opening.costPerHour().micros());
        } else if (bill instanceof Bill.Usage usage) {
            node.putObject("usage")
                    .put("billed_micros", usage.billed().micros())
                    .put("up_to", usage.upTo().toString());
        }
        return node;
    }

    /** Sequences that do not grow are refused: nobody could say what had been read. */
    static List<Bill> readBills(byte[] body, long after) throws ProtocolException {
        List<Bill> bills = new ArrayList<>();
        long last = after;
        for (JsonFields fields : JsonFields.of(body).groups("bills", PAGE_MAX)) {
            Bill bill = readBill(fields);
            if (bill.sequence() <= last) {
                throw fields.unknown("sequence", "use one above " + last + ", the one before");
            }
            last = bill.sequence();
            bills.add(bill);
        }
        return bills;
    }

    private static Bill readBill(JsonFields fields) throws ProtocolException {
        long sequence = fields.whole("sequence", 1, Long.MAX_VALUE);
        String resource = fields.text("resource", RESOURCE_MAX);
        if (fields.has("opening")) {
            JsonFields opening = fields.group("opening");
            return new Bill.Opening(
                    sequence,
                    resource,
                    opening.instant("at"),
                    instances(opening),
                    opening.text("project", NAME_MAX),
                    opening.text("region", NAME_MAX),
                    new Money(opening.whole("cost_per_hour_micros", 0, Action.UNIT_COST_MAX.micros())));
        }
        JsonFields usage = fields.group("usage");
        return new Bill.Usage(
                sequence, resource, new Money(usage.whole("billed_micros", 0, Long.MAX_VALUE)), usage.instant("up_to"));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JsonFields.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts and numbers can be written", e);
        }
    }
}
