package org.regstream.core.align;

/** Weighted least squares with few unknowns: rows are added, then solved by Cholesky's factors. */
final class NormalEquations {

    /** What is left of a diagonal element below this share of it is rounding. */
    private static final double HELD = 1e-12;

    private final int size;
    private final double[][] matrix;
    private final double[] right;

    NormalEquations(int unknowns) {
        size = unknowns;
        matrix = new double[unknowns][unknowns];
        right = new double[unknowns];
    }

    /** @param row      derivatives by the unknowns; zeros are cheap. Not modified.
     *  @param residual what the row times the unknowns is to make up for */
    void add(double[] row, double residual, double weight) {
        for (int a = 0; a < size; a++) {
            double scaled = weight * row[a];
            if (scaled != 0) {
                double[] into = matrix[a];
                for (int b = 0; b <= a; b++) {
                    into[b] += scaled * row[b];
                }
                right[a] += scaled * residual;
            }
        }
    }

    /** @return the unknowns, as a new array */
    double[] solve() {
        factor();
        double[] x = right.clone();
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                x[a] -= matrix[a][b] * x[b];
            }
            x[a] /= matrix[a][a];
        }
        for (int a = size - 1; a >= 0; a--) {
            for (int b = a + 1; b < size; b++) {
                x[a] -= matrix[b][a] * x[b];
            }
            x[a] /= matrix[a][a];
        }
        return x;
    }

    /** Lower triangle L with L L^T = matrix, in place. A direction without any information is held. */
    private void factor() {
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                double sum = matrix[a][b];
                for (int c = 0; c < b; c++) {
                    sum -= matrix[a][c] * matrix[b][c];
                }
                matrix[a][b] = sum / matrix[b][b];
            }
            double left = matrix[a][a];
            for (int c = 0; c < a; c++) {
                left -= matrix[a][c] * matrix[a][c];
            }
            matrix[a][a] = left > HELD * matrix[a][a] && left > 0 ? Math.sqrt(left) : Double.MAX_VALUE;
        }
    }
}
