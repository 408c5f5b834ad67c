package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts one step of one series, a fixed number of steps ahead: members ({@link SimpleForecasts}, {@link Trained}), two mixes of
 * them that forget quickly and slowly, their leaders, and of these three the leaders again. Each outcome is learned from when its
 * step has ended.
 */
final class StepEnsemble {
    static final String MODEL = "ensemble/1";

    private static final List<String> MEMBERS = members();

    /** Half-lives in days, at least in horizons. */
    private static final double QUICK = 1;

    private static final double SLOW = 14;
    private static final double LEADING = 3;

    private static final double POWER = 32;
    private static final double FINAL_POWER = 16;

    /** The first training, in steps; then each time there are twice as many, and at last once a day. */
    private static final int FIRST_TRAINING = 48;

    /** Nothing beyond this many times the highest of a week is believed. */
    private static final double HIGHEST = 2;

    private final long stepMs;
    private final int ahead;
    private final int day;
    private final long spread;
    private final Executor executor;
    private final Regression regression;

    private final StepSeries series;
    private final SimpleForecasts simple;
    private final SlidingMax highest = new SlidingMax(Duration.ofDays(7).toMillis());
    private final AtomicReference<@Nullable Trained> ready = new AtomicReference<>();
    private Trained trained;
    private boolean isTraining;
    private long nextTraining = FIRST_TRAINING;
    private int trainings;

    private final List<Combination> combinations;
    private final Leaders leaders;
    private final Leaders last;
    private final Interval interval;

    // Of each step from which a forecast is out, by its number modulo the steps ahead.
    private final long[] madeAt;
    private final float[][] said;
    private final float[][] combined;
    private final float[] forecasts;
    private final float[] lower;
    private final float[] upper;
    private final float[] scales;

    private final double[] opinions = new double[MEMBERS.size()];
    private final double[] weights = new double[MEMBERS.size()];
    private double forecast;
    private long newest = -1;
    private final Score score;

    StepEnsemble(ForecastHorizon horizon, long spread, Executor executor, Regression regression) {
        this.stepMs = horizon.step().toMillis();
        this.ahead = horizon.steps();
        this.day = (int) Math.max(2, Duration.ofDays(1).toMillis() / stepMs);
        this.spread = Math.floorMod(spread, (long) day);
        this.executor = executor;
        this.regression = regression;
        series = new StepSeries(stepMs);
        trained = new Trained(Seasons.usual(stepMs), List.of());
        simple = new SimpleForecasts(series, ahead, trained.seasons());
        double unit = Math.max(day, 2 * ahead);
        leaders = new Leaders(MEMBERS.size(), LEADING * unit, POWER);
        combinations = List.of(new Mix(MEMBERS.size(), QUICK * unit), new Mix(MEMBERS.size(), SLOW * unit), leaders);
        last = new Leaders(combinations.size(), LEADING * unit, FINAL_POWER);
        interval = new Interval(Math.max(6, ahead), unit, 7 * unit, ahead);
        score = new Score(LEADING * unit);
        madeAt = new long[ahead];
        Arrays.fill(madeAt, -1);
        said = new float[ahead][MEMBERS.size()];
        combined = new float[ahead][combinations.size()];
        forecasts = new float[ahead];
        lower = new float[ahead];
        upper = new float[ahead];
        scales = new float[ahead];
    }

    private static List<String> members() {
        List<String> names = new ArrayList<>(SimpleForecasts.NAMES);
        names.addAll(Trained.NAMES);
        return Collections.unmodifiableList(names);
    }

    void observe(long atMillis, double value) {
        if (newest < 0) {
            forecast = value; // until a step has ended
        }
        if (!series.observe(atMillis, value)) {
            return;
        }
        // Usually one step; at the very beginning two. Those before a gap's end are missing and nobody's outcome.
        for (long step = Math.max(newest + 1, series.newest() - 1); step <= series.newest(); step++) {
            if (series.isKnown(step)) {
                ended(step, series.at(step));
            }
        }
        newest = series.newest();
    }

    private void ended(long step, double value) {
        learn(step, value);
        simple.observe(step, value);
        double ceiling = HIGHEST * highest.add(series.endMillis(step), value);
        train(step);
        int slot = (int) (step % ahead);
        simple.forecast(step, opinions);
        trained.forecast(series, step, ahead, opinions, SimpleForecasts.NAMES.size());
        for (int i = 0; i < opinions.length; i++) {
            said[slot][i] = (float) Math.max(0, Math.min(ceiling, opinions[i])); // NaN stays
        }
        for (int i = 0; i < combinations.size(); i++) {
            double[] shares = new double[opinions.length];
            combinations.get(i).weigh(said[slot], shares);
            combined[slot][i] = (float) Combination.sum(said[slot], shares);
        }
        double[] shares = new double[combinations.size()];
        last.weigh(combined[slot], shares);
        forecast = Combination.sum(combined[slot], shares);
        forecasts[slot] = (float) forecast;
        lower[slot] = (float) interval.lower(forecast, value, Interval.STEERED);
        upper[slot] = (float) interval.upper(forecast, value, Interval.STEERED);
        scales[slot] = (float) interval.scale(value);
        madeAt[slot] = step;
    }

    private void learn(long step, double actual) {
        int slot = (int) (step % ahead);
        if (madeAt[slot] < 0 || madeAt[slot] != step - ahead) {
            return;
        }
        for (int i = 0; i < combinations.size(); i++) {
            combinations.get(i).learn(said[slot], combined[slot][i], actual);
        }
        last.learn(combined[slot], forecasts[slot], actual);
        float outcome = (float) actual;
        boolean covered = outcome >= lower[slot] && outcome <= upper[slot];
        interval.learn(actual - forecasts[slot], scales[slot], covered);
        score.add(actual, forecasts[slot], said[slot][0], covered);
    }

    private void train(long step) {
        Trained found = ready.getAndSet(null);
        if (found != null) {
            isTraining = false;
            trainings++;
            boolean other = !found.seasons().equals(trained.seasons());
            trained = found;
            if (other) {
                simple.useSeasons(series, found.seasons());
            }
        }
        if (isTraining || step < nextTraining) {
            return;
        }
        StepSeries seen = series.copy();
        try {
            isTraining = true;
            executor.execute(() -> ready.set(Trained.of(seen, stepMs, ahead, regression)));
        } catch (RejectedExecutionException e) {
            isTraining = false; // with the next step again
            return;
        }
        nextTraining = 2 * step < day ? 2 * step : step + day - Math.floorMod(step - spread, (long) day);
        if (ready.get() != null) {
            train(step);
        }
    }

    Forecast forecast(long lastAt, double coverage) {
        double level = newest < 0 ? forecast : series.at(newest);
        long madeAtMillis = newest < 0 ? lastAt : series.endMillis(newest);
        return new Forecast(
                Instant.ofEpochMilli(madeAtMillis),
                Duration.ofMillis(ahead * stepMs),
                forecast,
                Math.min(forecast, interval.lower(forecast, level, coverage)),
                Math.max(forecast, interval.upper(forecast, level, coverage)),
                coverage,
                MODEL,
                score.regret(leaders.leastError()));
    }

    Skill skill(long observations) {
        return score.skill(MODEL, observations);
    }

    /** How much each member counts in the newest forecast, those that do; they add to 1. */
    Map<String, Double> weights() {
        Map<String, Double> named = new LinkedHashMap<>();
        if (newest < 0) {
            return Map.of(MEMBERS.get(0), 1.0);
        }
        int slot = (int) (newest % ahead);
        double[] total = new double[MEMBERS.size()];
        double[] outer = new double[combinations.size()];
        last.weigh(combined[slot], outer);
        for (int i = 0; i < outer.length; i++) {
            combinations.get(i).weigh(said[slot], weights);
            for (int member = 0; member < total.length; member++) {
                total[member] += outer[i] * weights[member];
            }
        }
        for (int member = 0; member < total.length; member++) {
            if (total[member] > 0) {
                named.put(MEMBERS.get(member), total[member]);
            }
        }
        return named;
    }

    int trainings() {
        return trainings;
    }

    List<Duration> seasons() {
        Seasons found = trained.seasons();
        return List.of(
                Duration.ofMillis(found.inner() * stepMs),
                Duration.ofMillis(found.main() * stepMs),
                Duration.ofMillis(found.outer() * stepMs));
    }

    long bytes() {
        long members = MEMBERS.size();
        long waiting = ahead * (8 + 4 * members + 4L * combinations.size() + 16);
        long lines = Trained.NAMES.size() * 8L * (Predictors.COUNT + 1);
        return series.bytes() + simple.bytes() + Interval.bytes() + waiting + lines + 8 * members * 10;
    }
}
