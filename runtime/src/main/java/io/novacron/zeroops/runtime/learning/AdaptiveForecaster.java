package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Combines simple forecasts by their recent errors and adds margins that were enough lately. */
public final class AdaptiveForecaster implements Forecaster {

    private static final String MODEL = "adaptive-peak/1";
    static final int EXPERTS = 6;

    private static final double FAST_MS = 60_000;
    private static final double SLOW_MS = 300_000;
    private static final double LEVEL_MS = 86_400_000;
    private static final int SILENCE = 5;

    private final ForecasterSettings settings;
    private final HorizonModel[] models;
    private final double[] medians;
    private final double[] scales;
    private final double[] opinions = new double[EXPERTS];
    private final Season season = new Season();

    private long observations;
    private long lastAt = Long.MIN_VALUE;
    private double last;
    private double fast;
    private double slow;
    private double level;
    private double intervalMs;
    private double offset;

    public AdaptiveForecaster(ForecasterSettings settings) {
        this.settings = settings;
        List<Duration> horizons = settings.horizons();
        models = new HorizonModel[horizons.size()];
        for (int i = 0; i < models.length; i++) {
            models[i] = new HorizonModel(horizons.get(i).toMillis(), settings);
        }
        medians = new double[models.length];
        scales = new double[models.length];
    }

    @Override
    public void observe(long atMillis, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException("value must be finite and not negative: " + value);
        }
        if (observations > 0 && atMillis <= lastAt) {
            throw new IllegalArgumentException("time must advance: " + atMillis + " after " + lastAt);
        }
        follow(atMillis, value);
        season.observe(atMillis, value);
        for (HorizonModel model : models) {
            model.observe(atMillis, value, last);
        }
        lastAt = atMillis;
        last = value;
        observations++;
        for (int i = 0; i < models.length; i++) {
            forecast(i);
        }
    }

    private void follow(long atMillis, double value) {
        if (observations == 0) {
            fast = value;
            slow = value;
            level = value;
        } else {
            double step = atMillis - lastAt;
            if (intervalMs > 0 && step > SILENCE * intervalMs) {
                for (HorizonModel model : models) {
                    model.forgetWaiting();
                }
                fast = value;
                slow = value;
            }
            intervalMs = intervalMs == 0
                    ? step
                    : intervalMs + 0.05 * (Math.min(step, 2 * SILENCE * intervalMs) - intervalMs);
            fast += (value - fast) * (1 - Math.exp(-step / FAST_MS));
            slow += (value - slow) * (1 - Math.exp(-step / SLOW_MS));
            level += (value - level) * Math.max(1.0 / (observations + 1), 1 - Math.exp(-step / LEVEL_MS));
        }
        offset = 1e-9 + 0.01 * level;
    }

    private void forecast(int i) {
        HorizonModel model = models[i];
        double now = Math.log(last + offset);
        double smooth = Math.log(fast + offset);
        double trend = (smooth - Math.log(slow + offset)) / (SLOW_MS - FAST_MS) * Math.min(model.horizonMs, 600_000);
        opinions[0] = now;
        opinions[1] = smooth;
        opinions[2] = now + 0.5 * trend;
        opinions[3] = now + trend;
        opinions[4] = now + season.growth(lastAt, model.horizonMs, 1, offset);
        opinions[5] = now + season.growth(lastAt, model.horizonMs, 7, offset);
        medians[i] = model.combine(opinions);
        double noise = settings.countsPerUnit() == 0 ? 0 : 1 / (1 + last * settings.countsPerUnit());
        scales[i] = model.volatility.scale(lastAt, noise);
        if (model.takes(lastAt)) {
            model.expect(lastAt, last, opinions, medians[i], scales[i], offset);
        }
    }

    private int index(Duration horizon) {
        long wanted = horizon.toMillis();
        if (wanted > 0) {
            for (int i = 0; i < models.length; i++) {
                if (models[i].horizonMs >= wanted) {
                    return i;
                }
            }
        }
        throw new IllegalArgumentException("horizon is not in " + settings.horizons() + ": " + horizon);
    }

    private void requireObservation() {
        if (observations == 0) {
            throw new IllegalStateException("no observation yet");
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1: " + share);
        }
    }

    private double value(double log) {
        return Math.max(0, Math.exp(log) - offset);
    }

    @Override
    public Forecast at(Duration horizon, double coverage) {
        int i = index(horizon);
        requireShare("coverage", coverage);
        requireObservation();
        double lower = value(models[i].point(medians[i], scales[i], (1 - coverage) / 2));
        double upper = value(models[i].point(medians[i], scales[i], (1 + coverage) / 2));
        double median = Math.min(upper, Math.max(lower, value(medians[i])));
        return new Forecast(Instant.ofEpochMilli(lastAt), horizon, median, lower, upper, coverage);
    }

    @Override
    public double peak(Duration horizon, double quantile) {
        int i = index(horizon);
        requireShare("quantile", quantile);
        requireObservation();
        return value(models[i].peak(medians[i], scales[i], quantile));
    }

    @Override
    public Skill skill(Duration horizon) {
        return models[index(horizon)].skill(MODEL, observations);
    }

    @Override
    public String model() {
        return MODEL;
    }
}
