package dev.engram.metrics.cka;

/** CKA from its definitions, with every sum written out. */
final class NaiveCka {
    private NaiveCka() {}

    /** Inner products of the rows of {@code x}. */
    static double[][] gram(double[][] x) {
        int n = x.length;
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int d = 0; d < x[i].length; d++) {
                    k[i][j] += x[i][d] * x[j][d];
                }
            }
        }
        return k;
    }

    /** Song et al. 2012, eq. 5: traces and sums of matrices whose diagonal is zero. */
    static double unbiased(double[][] k, double[][] l) {
        int n = k.length;
        double trace = 0;
        double sumK = 0;
        double sumL = 0;
        double sumOfProduct = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i == j) {
                    continue;
                }
                trace += k[i][j] * l[j][i];
                sumK += k[i][j];
                sumL += l[i][j];
                for (int m = 0; m < n; m++) {
                    sumOfProduct += m == j ? 0 : k[i][j] * l[j][m];
                }
            }
        }
        return (trace + sumK * sumL / ((n - 1.0) * (n - 2)) - 2.0 / (n - 2) * sumOfProduct) / (n * (n - 3.0));
    }

    /** tr(KHLH) / (n − 1)² with H written out. */
    static double biased(double[][] k, double[][] l) {
        int n = k.length;
        double[][] h = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h[i][j] = (i == j ? 1 : 0) - 1.0 / n;
            }
        }
        double[][] product = times(times(k, h), times(l, h));
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += product[i][i];
        }
        return trace / ((n - 1.0) * (n - 1));
    }

    private static double[][] times(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int m = 0; m < n; m++) {
                    product[i][j] += a[i][m] * b[m][j];
                }
            }
        }
        return product;
    }
}
