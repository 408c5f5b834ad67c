package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Simple forecasts combined by how well each lately did, with margins that lately were enough. For each horizon h, in y =
 * ln(load + offset), where the offset is 1 % of the mean load of about a day:
 *
 * <pre>
 *   opinions     last value; mean of 1 min; last + half the trend; last + trend; last + growth of the same time
 *                yesterday; the same a week ago; for peaks also the mean and the highest of 5 min, and
 *                the last value with the highest growth of yesterday
 *   median       sum(w * opinion) / sum(w),           w = 1 / (recent mean |error of the opinion|)^4
 *   peak base    the same over opinions corrected by their mean error against the peaks
 *   scale        sqrt(0.05^2 + quick^2 + slow / 2 + 1 / (1 + count)),  quick: 1.48 * running median of |peak - base| over
 *                10 min; slow: mean of (peak - base)^2 over the memory, one jump limited to 4 scales
 *   peak(h, q)   base + scale * Q_q,   Q_q the q-quantile of (peak - base) / scale over forecasts already due, which halve
 *                in weight each day; at most twice the base
 *   at(h, c)     median + scale * quantiles (1 - c) / 2 and (1 + c) / 2 of (value - median) / scale
 * </pre>
 *
 * <p>The margins are split conformal prediction with normalised scores (Lei et al. 2018, "Distribution-free predictive
 * inference for regression") over a window that forgets (Barber et al. 2023, "Conformal prediction beyond exchangeability"):
 * no distribution is assumed; if tomorrow's errors are like the recent ones, the share q of the peaks is at or below. Before
 * there are outcomes a wide prior serves; it weighs as much as ten horizons of them.
 *
 * <p>Memory is about 60 kB plus 20 kB a horizon, whatever the number of observations.
 */
public final class AdaptiveForecaster implements Forecaster {

    private static final String MODEL = "adaptive-peak/1";

    private static final double LEVEL_MS = 86_400_000;
    private static final double OFFSET_SHARE = 0.01;
    private static final double MIN_OFFSET = 1e-9;
    /** So many usual intervals without a measurement are a silence. */
    private static final int SILENCE = 5;

    private final ForecasterSettings settings;
    private final HorizonModel[] models;
    private final Opinions opinions = new Opinions();

    private long observations;
    private long lastAt;
    private double last;
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
    }

    @Override
    public void observe(long atMillis, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException("value must be finite and not negative: " + value);
        }
        if (observations > 0 && atMillis <= lastAt) {
            throw new IllegalArgumentException("time must advance: " + atMillis + " after " + lastAt);
        }
        long stepMs = observations == 0 ? 0 : atMillis - lastAt;
        noticeSilence(stepMs);
        level += (value - level) * Math.max(1.0 / (observations + 1), 1 - Math.exp(-stepMs / LEVEL_MS));
        offset = MIN_OFFSET + OFFSET_SHARE * level;
        opinions.observe(atMillis, value, (double) stepMs);
        for (HorizonModel model : models) {
            model.observe(atMillis, value, last);
        }
        lastAt = atMillis;
        last = value;
        observations++;
        double noiseSquare = settings.countsPerUnit() == 0 ? 0 : 1 / (1 + opinions.slow() * settings.countsPerUnit());
        for (HorizonModel model : models) {
            double[] said = opinions.on(atMillis, value, model.horizonMs(), offset);
            model.forecast(atMillis, value, said, offset, noiseSquare);
        }
    }

    private void noticeSilence(long stepMs) {
        if (intervalMs == 0) {
            intervalMs = stepMs;
            return;
        }
        if (stepMs > SILENCE * intervalMs) {
            for (HorizonModel model : models) {
                model.silent(stepMs);
            }
        }
        intervalMs += 0.05 * (Math.min((double) stepMs, 2 * SILENCE * intervalMs) - intervalMs);
    }

    @Override
    public Forecast at(Duration horizon, double coverage) {
        HorizonModel model = model(horizon);
        requireShare("coverage", coverage);
        requireObservation();
        double lower = load(model.point((1 - coverage) / 2));
        double upper = load(model.point((1 + coverage) / 2));
        double median = Math.min(upper, Math.max(lower, load(model.median())));
        double regret = model.skill(MODEL, observations).regret();
        return new Forecast(Instant.ofEpochMilli(lastAt), horizon, median, lower, upper, coverage, MODEL, regret);
    }

    @Override
    public double peak(Duration horizon, double quantile) {
        HorizonModel model = model(horizon);
        requireShare("quantile", quantile);
        requireObservation();
        return load(model.peak(quantile));
    }

    @Override
    public Skill skill(Duration horizon) {
        return model(horizon).skill(MODEL, observations);
    }

    @Override
    public String model() {
        return MODEL;
    }

    private HorizonModel model(Duration horizon) {
        long wanted = horizon.toMillis();
        if (wanted > 0) {
            for (HorizonModel model : models) {
                if (model.horizonMs() >= wanted) {
                    return model;
                }
            }
        }
        throw new IllegalArgumentException(
                "horizon must be positive and at most the longest of " + settings.horizons() + ": " + horizon);
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

    private double load(double log) {
        return Math.max(0, Math.exp(log) - offset);
    }
}
