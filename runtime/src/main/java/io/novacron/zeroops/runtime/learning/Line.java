package io.novacron.zeroops.runtime.learning;

/** A linear function of {@link Predictors}. */
final class Line {
    private final double offset;
    private final double[] coefficients;

    /**
     * @param offset that of the logarithms it is a function of; NaN where it is one of the values themselves
     * @param coefficients one a column, then the constant
     */
    Line(double offset, double[] coefficients) {
        this.offset = offset;
        this.coefficients = coefficients;
    }

    double offset() {
        return offset;
    }

    double at(double[] row) {
        double sum = coefficients[row.length];
        for (int column = 0; column < row.length; column++) {
            sum += coefficients[column] * row[column];
        }
        return sum;
    }
}
