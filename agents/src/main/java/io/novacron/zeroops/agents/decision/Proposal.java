package io.novacron.zeroops.agents.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What an agent wants, and why.
 *
 * @param decision the id of the decision to be made, which never recurs: {@code scaler/web/17}
 * @param proposer the address that is told how it ended
 * @param leastTo the smallest (SCALE_IN: the least reduced) quantity worth having; a counter-proposal short of it is a
 *     rejection
 * @param effect what is expected of it, for people
 * @param confidence 0..1
 * @param cause the signal that led to it, or the id of what did
 * @param validUntil until when its facts are worth deciding on: from then on no decision is opened on it, and people who
 *     have not answered are asked no more
 * @param costUntil until when its cost per hour will run, as far as the proposer knows
 */
public record Proposal(
        String decision,
        String proposer,
        Action action,
        int leastTo,
        Priority priority,
        List<Alternative> alternatives,
        String effect,
        double confidence,
        String cause,
        List<Fact> facts,
        Instant at,
        Instant validUntil,
        Instant costUntil) {

    /** Bounds what a proposal may carry. */
    public static final int ALTERNATIVES_MAX = 16;

    public static final int FACTS_MAX = 64;

    public Proposal {
        alternatives = List.copyOf(alternatives);
        facts = List.copyOf(facts);
    }

    /** What else could be done. */
    public record Alternative(int to, String why) {}

    /** What was known, and used: {@code load=412.5}, {@code forecast_model=...}. */
    public record Fact(String name, String value) {}

    /** Why this cannot be decided on at all, as a stable code; empty if it can. */
    public String defect() {
        if (decision.isBlank() || proposer.isBlank()) {
            return "proposal_id_missing";
        } else if (!(confidence >= 0 && confidence <= 1)) { // also catches NaN
            return "proposal_confidence_out_of_range";
        } else if (alternatives.size() > ALTERNATIVES_MAX || facts.size() > FACTS_MAX) {
            return "proposal_too_large";
        }
        return action.defect();
    }

    /** SHA-256, in hexadecimal, of all it says: what an approval by people is bound to. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Each part with its length before it, so that no two proposals can read the same. */
    private String canonical() {
        var parts = new StringBuilder();
        for (Object part : List.of(
                decision,
                proposer,
                action.kind(),
                action.resource(),
                action.project(),
                action.region(),
                action.from(),
                action.to(),
                action.unitCostPerHour().micros(),
                action.bytesDeleted(),
                action.rollout(),
                leastTo,
                priority,
                effect,
                confidence,
                cause,
                at,
                validUntil,
                costUntil)) {
            append(parts, part);
        }
        append(parts, alternatives.size());
        for (Alternative alternative : alternatives) {
            append(parts, alternative.to());
            append(parts, alternative.why());
        }
        for (Fact fact : facts) {
            append(parts, fact.name());
            append(parts, fact.value());
        }
        return parts.toString();
    }

    private static void append(StringBuilder parts, Object part) {
        String text = part.toString();
        parts.append(text.length()).append(':').append(text);
    }
}
