package org.regstream.core.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class NormalEquationsTest {

    @Test
    void shouldSolveWhatRowsAskFor() {
        NormalEquations equations = new NormalEquations(2);
        equations.add(new double[]{1, 2}, 8, 1);
        equations.add(new double[]{3, -1}, 3, 5);

        assertArrayEquals(new double[]{2, 3}, equations.solve(), 1e-12);
    }

    @Test
    void shouldWeighRows() {
        NormalEquations equations = new NormalEquations(1);
        equations.add(new double[]{1}, 0, 3);
        equations.add(new double[]{1}, 4, 1);

        assertArrayEquals(new double[]{1}, equations.solve(), 1e-12);
    }

    @Test
    void shouldHoldWhatNoRowAsksFor() {
        NormalEquations equations = new NormalEquations(2);
        equations.add(new double[]{2, 0}, 4, 1);

        assertArrayEquals(new double[]{2, 0}, equations.solve(), 1e-12);
    }
}
