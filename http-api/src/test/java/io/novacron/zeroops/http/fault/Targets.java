package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a client changes: each resource by one decision at a time, and from the state that it is known to be in, so that nearly
 * all that is proposed is also done.
 */
final class Targets {
    static final List<String> WORKLOADS = List.of("web", "api", "search", "cart", "mail", "video");
    private static final String WORKLOAD = "workload/";
    private static final int WORKLOAD_SHARE = 5; // one proposal of so many
    private static final int INSTANCES_MIN = 2;
    private static final int INSTANCES_MAX = 40;

    private final SplittableRandom random;
    private final List<String> workloads = new ArrayList<>(); // at rest
    private final List<String> vms = new ArrayList<>(); // at rest
    private final Map<String, Boolean> running = new LinkedHashMap<>();

    /**
     * @param workloads whether they are changed, too: that takes as long as machines boot
     * @param vms from 1, none of which is known to run
     */
    Targets(SplittableRandom random, boolean workloads, int vms) {
        this.random = random;
        if (workloads) {
            WORKLOADS.forEach(name -> this.workloads.add(WORKLOAD + name));
        }
        for (int n = 1; n <= vms; n++) {
            this.vms.add("vm/vm-" + n);
        }
    }

    /** What an earlier client left. */
    synchronized void know(JsonNode resources) {
        resources.forEach(one -> running.put(
                one.get("resource").asText(), one.get("condition").asText().equals("running")));
    }

    /** A change of something that is at rest; empty if nothing is. */
    synchronized Optional<Map<String, Object>> next(String id) {
        boolean workload = vms.isEmpty() || random.nextInt(WORKLOAD_SHARE) == 0;
        List<String> from = workload && !workloads.isEmpty() ? workloads : vms;
        if (from.isEmpty()) {
            return Optional.empty();
        }
        int at = random.nextInt(from.size());
        String resource = from.get(at);
        from.set(at, from.get(from.size() - 1));
        from.remove(from.size() - 1);
        Map<String, Object> proposal = new LinkedHashMap<>();
        proposal.put("id", id);
        proposal.put("reason", "load");
        proposal.put("resource", resource);
        if (resource.startsWith(WORKLOAD)) {
            proposal.put("action", "scale");
            proposal.put("instances", random.nextInt(INSTANCES_MIN, INSTANCES_MAX));
        } else {
            proposal.put("action", running.getOrDefault(resource, false) ? "stop" : "start");
            proposal.put("project", "shop");
            proposal.put("region", "region-1");
            proposal.put("cost_per_hour_usd", 0.05);
        }
        return Optional.of(proposal);
    }

    /** It may be changed again. */
    synchronized void rests(Map<String, Object> proposal, boolean done) {
        String resource = String.valueOf(proposal.get("resource"));
        if (resource.startsWith(WORKLOAD)) {
            workloads.add(resource);
            return;
        }
        vms.add(resource);
        if (done) {
            running.put(resource, "start".equals(proposal.get("action")));
        }
    }
}
