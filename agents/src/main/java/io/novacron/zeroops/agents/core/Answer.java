package io.novacron.zeroops.agents.core;

/** What came back with a success beyond the fact itself: a vote, an observation. One sealed interface a vocabulary. */
public interface Answer {

    /** Nothing to add. */
    @TypeName("answer.None/1")
    record None() implements Answer {}

    Answer NONE = new None();
}
