package org.regstream.core.carry;

import java.util.Map;
import java.util.TreeMap;

/** Counts, voxel by voxel, what each member and each two of them give a label. */
final class Agreement {

    private final int members;
    private final long[][] volumes;
    private final long[][] shared;

    Agreement(int members) {
        this.members = members;
        volumes = new long[members][256];
        shared = new long[members * (members - 1) / 2][256];
    }

    /** @param labels of one voxel, by member. Not modified. */
    void add(int[] labels) {
        int pair = 0;
        for (int a = 0; a < members; a++) {
            volumes[a][labels[a]]++;
            for (int b = a + 1; b < members; b++, pair++) {
                if (labels[a] == labels[b]) {
                    shared[pair][labels[a]]++;
                }
            }
        }
    }

    Map<Integer, MemberFigures> figures(boolean[] wanted) {
        Map<Integer, MemberFigures> figures = new TreeMap<>();
        for (int label = 1; label < 256; label++) {
            if (wanted[label]) {
                figures.put(label, new MemberFigures(agreement(label), variation(label)));
            }
        }
        return figures;
    }

    /** A pair of which neither has the label agrees on nothing. */
    private double agreement(int label) {
        if (members == 1) {
            return volumes[0][label] == 0 ? 0 : 1;
        }
        double sum = 0;
        int pair = 0;
        for (int a = 0; a < members; a++) {
            for (int b = a + 1; b < members; b++, pair++) {
                long both = volumes[a][label] + volumes[b][label];
                sum += both == 0 ? 0 : 2.0 * shared[pair][label] / both;
            }
        }
        return sum / pair;
    }

    private double variation(int label) {
        double sum = 0;
        for (long[] volume : volumes) {
            sum += volume[label];
        }
        double mean = sum / members;
        double squares = 0;
        for (long[] volume : volumes) {
            squares += (volume[label] - mean) * (volume[label] - mean);
        }
        return sum == 0 ? 0 : Math.sqrt(squares / members) / mean;
    }
}
