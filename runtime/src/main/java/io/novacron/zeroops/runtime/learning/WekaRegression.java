package io.novacron.zeroops.runtime.learning;

import weka.core.matrix.LinearRegression;
import weka.core.matrix.Matrix;

/**
 * Weka's linear regression with a ridge: the part that computes, in plain Java. The classifier around it would start Weka's package
 * manager, which makes a folder in the home directory, and native matrix libraries where a machine has some.
 */
final class WekaRegression implements Regression {
    private static final double TINY = 1e-12;

    @Override
    public double[] fit(double[][] rows, double[] targets, double[] weights, double ridge) {
        int columns = rows[0].length;
        double[] mean = new double[columns + 1];
        double[] deviation = new double[columns + 1];
        moments(rows, targets, weights, mean, deviation);
        double[][] standard = new double[rows.length][columns];
        double[][] centred = new double[rows.length][1];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns; column++) {
                standard[row][column] = (rows[row][column] - mean[column]) / deviation[column];
            }
            centred[row][0] = targets[row] - mean[columns];
        }
        double[] found =
                new LinearRegression(new Matrix(standard), new Matrix(centred), weights, ridge).getCoefficients();
        double[] coefficients = new double[columns + 1];
        double constant = mean[columns];
        for (int column = 0; column < columns; column++) {
            coefficients[column] = found[column] / deviation[column];
            constant -= coefficients[column] * mean[column];
        }
        coefficients[columns] = constant;
        return coefficients;
    }

    /** Weighted means, and deviations of the columns; the target's are last. A column that never changes has a deviation of 1. */
    private static void moments(
            double[][] rows, double[] targets, double[] weights, double[] mean, double[] deviation) {
        int columns = rows[0].length;
        double sum = 0;
        for (int row = 0; row < rows.length; row++) {
            double weight = weights[row];
            sum += weight;
            for (int column = 0; column <= columns; column++) {
                double value = column == columns ? targets[row] : rows[row][column];
                mean[column] += weight * value;
                deviation[column] += weight * value * value;
            }
        }
        for (int column = 0; column <= columns; column++) {
            mean[column] /= sum;
            double square = deviation[column] / sum;
            double variance = square - mean[column] * mean[column];
            deviation[column] = variance > TINY * square ? Math.sqrt(variance) : 1;
        }
    }
}
