package io.novacron.zeroops.runtime.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a feed has come.
 *
 * @param after the sequence up to which everything was told, openings that are still open aside
 * @param open openings whose money is not held for good yet, by resource
 */
record BillProgress(long after, SortedMap<String, Open> open) {
    /** As many openings may wait for money; then nothing more is read. */
    static final int OPEN_MAX = 10_000;

    static final BillProgress START = new BillProgress(0, new TreeMap<>());

    /**
     * @param since up to when its bills were told in vain: what they were for is past
     * @param confirmed whether the budget holds the money for good, and only has to hear that the change is over
     */
    record Open(Bill.Opening opening, Instant since, boolean confirmed) {}

    boolean isFull() {
        return open.size() >= OPEN_MAX;
    }

    BillProgress after(long sequence) {
        return new BillProgress(sequence, open);
    }

    /** A bill was told; where its money is not held yet, it is not held for that time any more. */
    BillProgress told(Bill.Usage usage) {
        Open waiting = open.get(usage.resource());
        BillProgress heard = waiting == null || !usage.upTo().isAfter(waiting.since())
                ? this
                : with(new Open(waiting.opening(), usage.upTo(), waiting.confirmed()));
        return heard.after(usage.sequence());
    }

    BillProgress with(Open changed) {
        var more = new TreeMap<>(open);
        more.put(changed.opening().resource(), changed);
        return new BillProgress(after, more);
    }

    BillProgress without(String resource) {
        var fewer = new TreeMap<>(open);
        fewer.remove(resource);
        return new BillProgress(after, fewer);
    }

    String text() {
        ObjectNode node = JsonFields.MAPPER.createObjectNode().put("after", after);
        var list = node.putArray("open");
        open.values().forEach(o -> list.addObject()
                .put("sequence", o.opening().sequence())
                .put("resource", o.opening().resource())
                .put("at", o.opening().at().toString())
                .put("since", o.since().toString())
                .put("instances", o.opening().instances())
                .put("project", o.opening().project())
                .put("region", o.opening().region())
                .put("cost_per_hour_micros", o.opening().costPerHour().micros())
                .put("confirmed", o.confirmed()));
        try {
            return JsonFields.MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts and numbers can be written", e);
        }
    }

    /** @throws IllegalArgumentException if it is no {@link #text} of this version */
    static BillProgress of(String text) {
        try {
            JsonFields fields = JsonFields.of(text.getBytes(StandardCharsets.UTF_8));
            BillProgress progress = START.after(fields.whole("after", 0, Long.MAX_VALUE));
            for (JsonFields open : fields.groups("open", OPEN_MAX + ProviderProtocol.PAGE_MAX)) {
                var opening = new Bill.Opening(
                        open.whole("sequence", 1, Long.MAX_VALUE),
                        open.text("resource", ProviderProtocol.RESOURCE_MAX),
                        open.instant("at"),
                        (int) open.whole("instances", 0, Action.QUANTITY_MAX),
                        open.text("project", ProviderProtocol.NAME_MAX),
                        open.text("region", ProviderProtocol.NAME_MAX),
                        new Money(open.whole("cost_per_hour_micros", 0, Long.MAX_VALUE)));
                progress = progress.with(new Open(opening, open.instant("since"), open.truth("confirmed")));
            }
            return progress;
        } catch (ProtocolException e) {
            throw new IllegalArgumentException("the bookmark of bills is not understood: " + e.getMessage(), e);
        }
    }
}
