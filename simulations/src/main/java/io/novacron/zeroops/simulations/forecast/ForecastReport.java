package io.novacron.zeroops.simulations.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./zeroops evaluate forecast} found. WAPE is the sum of |actual - forecast| over the sum of the actual values;
 * figures of which there are none, because all values are 0, are null.
 *
 * @param series the file and its column
 * @param horizonS seconds from the instant of the forecast to the end of what it is of
 * @param stepS seconds over which the mean is forecast, and between forecasts
 * @param n forecasts scored
 * @param notScored those whose outcome is missing in the file
 * @param accuracy 1 - wape
 * @param baselines WAPE of the last value, seasonal naive and Holt-Winters
 * @param relativeToBest wape over that of the best baseline
 * @param coverage90 share of outcomes in the 90 % interval
 * @param width90 mean width of that interval over the mean actual value
 * @param regretEnd recent error above the best member's, as a share of the load, at the end
 * @param microsPerForecast mean time of one measurement and, every step, a forecast, without training
 * @param millisPerTraining mean time of a training
 * @param bytesPerSeries of the ensemble's arrays
 * @param seasonsS the lengths after which the series was found to be like itself, seconds
 * @param weights of the members in the last forecast
 */
public record ForecastReport(
        String series,
        String model,
        double horizonS,
        double stepS,
        double rowS,
        double warmUpS,
        long n,
        long notScored,
        @Nullable Double accuracy,
        @Nullable Double wape,
        Map<String, Double> baselines,
        @Nullable Double relativeToBest,
        @JsonProperty("coverage_90") @Nullable Double coverage90,
        @JsonProperty("width_90") @Nullable Double width90,
        double regretEnd,
        double microsPerForecast,
        double millisPerTraining,
        long trainings,
        long bytesPerSeries,
        List<Double> seasonsS,
        Map<String, Double> weights,
        List<String> notes) {}
