package io.novacron.zeroops.simulations.evaluation;

/** Figures of a simulation whose invariants were checked. */
public interface CheckedFigures {
    long invariantsViolated();
}
