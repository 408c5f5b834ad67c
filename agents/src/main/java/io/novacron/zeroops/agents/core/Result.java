package io.novacron.zeroops.agents.core;

import java.util.List;

/** What a command led to: events to journal in one write, in order, and one reply. */
public record Result<E>(List<E> events, Reply reply) {
    public Result {
        events = List.copyOf(events);
    }

    public static <E> Result<E> of(E event) {
        return new Result<>(List.of(event), Reply.DONE);
    }

    public static <E> Result<E> of(E first, E second) {
        return new Result<>(List.of(first, second), Reply.DONE);
    }

    public static <E> Result<E> nothing() {
        return new Result<>(List.of(), Reply.DONE);
    }

    public static <E> Result<E> refused(String code) {
        return new Result<>(List.of(), Reply.refused(code));
    }

    /** See {@link Reply#notNow}. */
    public static <E> Result<E> notNow(String code) {
        return new Result<>(List.of(), Reply.notNow(code));
    }

    /** The same answer again, or one that needs no event. */
    public static <E> Result<E> answered(Answer answer) {
        return new Result<>(List.of(), Reply.of(answer));
    }

    /** The same events, and something to tell the sender. */
    public Result<E> answering(Answer answer) {
        return new Result<>(events, Reply.of(answer));
    }
}
