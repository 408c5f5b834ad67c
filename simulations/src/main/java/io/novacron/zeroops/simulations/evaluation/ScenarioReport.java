package io.novacron.zeroops.simulations.evaluation;

/**
 * What a scenario came to that compares no scaling policies.
 *
 * @param invariantsViolated over all its runs
 */
public record ScenarioReport(EvaluationView view, long invariantsViolated) {}
