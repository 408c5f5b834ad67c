package io.novacron.zeroops.agents.core;

/**
 * The reply to a command: done, with an answer; or not, with a stable code that a caller can act on, and what it may need
 * to know beside it.
 */
public record Reply(Kind kind, String code, Answer answer) {
    public static final Reply DONE = of(Answer.NONE);

    /** What became of the command. */
    public enum Kind {
        DONE,
        /** The receiver decided against it: the same command will not do. */
        REFUSED,
        /** Nothing was decided, because receiver or host had no room for it: says nothing about the command. */
        NOT_NOW
    }

    public static Reply of(Answer answer) {
        return new Reply(Kind.DONE, "", answer);
    }

    public static Reply refused(String code) {
        return refused(code, Answer.NONE);
    }

    public static Reply refused(String code, Answer answer) {
        return new Reply(Kind.REFUSED, code, answer);
    }

    /** For what passes by itself: a list or a queue that is full, a journal that cannot be written. */
    public static Reply notNow(String code) {
        return new Reply(Kind.NOT_NOW, code, Answer.NONE);
    }

    public boolean accepted() {
        return kind == Kind.DONE;
    }

    /** How a {@link Effect.Send} that got this reply ended: only what the receiver decided is final. */
    public Outcome asOutcome() {
        return accepted() ? new Outcome.Succeeded(answer) : new Outcome.Failed(code, kind == Kind.NOT_NOW);
    }
}
