package org.regstream.dicom;

/**
 * CIELab of the D50 white as DICOM stores it (PS3.3 section C.10.7.1.1): L* of 0 to 100, a* and b* of -128 to 127, each on 0 to
 * 65535.
 */
public record CieLab(int l, int a, int b) {
    private static final int MAX = 65535;
    private static final double[] WHITE = {0.96422, 1, 0.82521};
    /** Below this, the cube root gives way to a straight line; CIE 15. */
    private static final double EPSILON = 216.0 / 24389;
    private static final double KAPPA = 24389.0 / 27;
    /** Linear sRGB to XYZ of D50 (Bradford-adapted), and back. */
    private static final double[][] TO_XYZ = {{0.4360747, 0.3850649, 0.1430804}, {0.2225045, 0.7168786, 0.0606169},
            {0.0139322, 0.0971045, 0.7141733}};
    private static final double[][] TO_RGB = {{3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540},
            {0.0719453, -0.2289914, 1.4052427}};

    /** @param colour sRGB, {@code #rrggbb} */
    public static CieLab ofSrgb(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double[] xyz = times(TO_XYZ, new double[]{linear(rgb >> 16), linear(rgb >> 8), linear(rgb)});
        double fx = root(xyz[0] / WHITE[0]);
        double fy = root(xyz[1] / WHITE[1]);
        double fz = root(xyz[2] / WHITE[2]);
        return new CieLab(scaled((116 * fy - 16) / 100), scaled((500 * (fx - fy) + 128) / 255),
                scaled((200 * (fy - fz) + 128) / 255));
    }

    /** @return sRGB, {@code #rrggbb}, the nearest there is */
    public String toSrgb() {
        double fy = (100.0 * l / MAX + 16) / 116;
        double fx = fy + (255.0 * a / MAX - 128) / 500;
        double fz = fy - (255.0 * b / MAX - 128) / 200;
        double[] rgb = times(TO_RGB,
                new double[]{WHITE[0] * unroot(fx), WHITE[1] * unroot(fy), WHITE[2] * unroot(fz)});
        return String.format("#%02x%02x%02x", gamma(rgb[0]), gamma(rgb[1]), gamma(rgb[2]));
    }

    private static double linear(int component) {
        double c = (component & 0xff) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static int gamma(double linear) {
        double c = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, c)));
    }

    private static double root(double t) {
        return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
    }

    private static double unroot(double f) {
        double cube = f * f * f;
        return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
    }

    private static int scaled(double unit) {
        return (int) Math.round(MAX * Math.max(0, Math.min(1, unit)));
    }

    private static double[] times(double[][] m, double[] v) {
        double[] result = new double[3];
        for (int row = 0; row < 3; row++) {
            result[row] = m[row][0] * v[0] + m[row][1] * v[1] + m[row][2] * v[2];
        }
        return result;
    }
}
