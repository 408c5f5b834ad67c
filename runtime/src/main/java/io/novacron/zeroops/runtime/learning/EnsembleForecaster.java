package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Forecasts of means over steps by ensembles that train regressions, one for each horizon; of peaks by an {@link
 * AdaptiveForecaster}, which looks at single measurements and needs no training. A horizon that no ensemble reaches is the
 * latter's too.
 *
 * <p>Training starts with a measurement and is done by the executor that was given: {@code Runnable::run} trains on the caller's thread,
 * so that the same measurements give the same forecasts; with another the forecasts go on with what is known until it is done. One
 * training of a horizon is under way at a time, on a copy. Memory is bounded: {@link #bytes()}.
 */
public final class EnsembleForecaster implements Forecaster {
    private final AdaptiveForecaster peaks;
    private final List<ForecastHorizon> horizons;
    private final List<StepEnsemble> ensembles = new ArrayList<>();
    private long observations;
    private long lastAt;

    /**
     * @param horizons ascending
     * @param spread a number of the series, such as a hash of its name: which time of the day it trains at
     * @param training where regressions are trained; it may refuse, then it is asked again a step later
     */
    public EnsembleForecaster(
            ForecasterSettings peaks, List<ForecastHorizon> horizons, long spread, Executor training) {
        this.peaks = new AdaptiveForecaster(peaks);
        this.horizons = List.copyOf(horizons);
        Duration before = Duration.ZERO;
        for (ForecastHorizon horizon : horizons) {
            if (horizon.horizon().compareTo(before) <= 0) {
                throw new IllegalArgumentException("horizons must ascend: " + horizons);
            }
            before = horizon.horizon();
            ensembles.add(new StepEnsemble(horizon, spread, training, new WekaRegression()));
        }
    }

    @Override
    public void observe(long atMillis, double value) {
        peaks.observe(atMillis, value); // which refuses what is wrong
        observations++;
        lastAt = atMillis;
        for (StepEnsemble ensemble : ensembles) {
            ensemble.observe(atMillis, value);
        }
    }

    @Override
    public Forecast at(Duration horizon, double coverage) {
        Optional<StepEnsemble> ensemble = ensemble(horizon);
        if (ensemble.isEmpty()) {
            return peaks.at(horizon, coverage);
        }
        if (!(coverage > 0 && coverage < 1)) {
            throw new IllegalArgumentException("coverage must be between 0 and 1: " + coverage);
        } else if (observations == 0) {
            throw new IllegalStateException("no observation yet");
        }
        return ensemble.get().forecast(lastAt, coverage);
    }

    private Optional<StepEnsemble> ensemble(Duration horizon) {
        for (int i = 0; i < ensembles.size(); i++) {
            ForecastHorizon learned = horizons.get(i);
            boolean within = horizon.compareTo(learned.horizon().minus(learned.step())) > 0;
            if (within && horizon.compareTo(learned.horizon()) <= 0) {
                return Optional.of(ensembles.get(i));
            }
        }
        return Optional.empty();
    }

    private StepEnsemble required(Duration horizon) {
        return ensemble(horizon)
                .orElseThrow(() -> new IllegalArgumentException("no ensemble forecasts " + horizon + ": " + horizons));
    }

    @Override
    public double peak(Duration horizon, double quantile) {
        return peaks.peak(horizon, quantile);
    }

    @Override
    public Skill skill(Duration horizon) {
        return ensemble(horizon).map(ensemble -> ensemble.skill(observations)).orElseGet(() -> peaks.skill(horizon));
    }

    @Override
    public String model() {
        return ensembles.isEmpty() ? peaks.model() : StepEnsemble.MODEL;
    }

    /** How much each member counts in the newest forecast, those that do; they add to 1. */
    public Map<String, Double> weights(Duration horizon) {
        return required(horizon).weights();
    }

    /** The lengths after which the series is like itself: within a day, the main one, a longer one. */
    public List<Duration> seasons(Duration horizon) {
        return required(horizon).seasons();
    }

    /** How often a training was done. */
    public int trainings(Duration horizon) {
        return required(horizon).trainings();
    }

    /** What the ensembles' arrays take at present; the peaks' come to {@link AdaptiveForecaster}'s bound beside it. */
    public long bytes() {
        return ensembles.stream().mapToLong(StepEnsemble::bytes).sum();
    }
}
