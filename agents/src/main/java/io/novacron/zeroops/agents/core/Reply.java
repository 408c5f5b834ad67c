package io.novacron.zeroops.agents.core;

/** The reply to a command: done, with an answer; or refused, with a stable code that a caller can act on. */
public record Reply(boolean accepted, String code, Answer answer) {
    public static final Reply DONE = new Reply(true, "", Answer.NONE);

    public static Reply of(Answer answer) {
        return new Reply(true, "", answer);
    }

    public static Reply refused(String code) {
        return new Reply(false, code, Answer.NONE);
    }

    /** How a {@link Effect.Send} that got this reply ended: a refusal is final, since the receiver decided it. */
    public Outcome asOutcome() {
        return accepted ? new Outcome.Succeeded(answer) : new Outcome.Failed(code, false);
    }
}
