package dev.engram.encoders.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values by dp-accounting 0.6.0 and Opacus 1.6.0, which agree with each other: src/test/oracle/privacy.py. */
class RenyiAccountantTest {
    @ParameterizedTest
    @CsvSource({
        "0.01, 1.0, 1000, 1e-05, 2.1077530754515745",
        "0.01, 0.7, 100, 1e-05, 3.347483334317944",
        "0.004266666666666667, 1.1, 14040, 1e-05, 2.5948176752357233",
        "0.0028444444, 2.0, 10000, 2e-06, 0.6547248581125237",
        "0.1, 4.0, 500, 1e-05, 2.551358477747206",
        "1.0, 10.0, 10, 1e-05, 1.3084972690274297",
        "0.02, 0.5, 50, 0.0001, 8.884679608081091",
        "0.001, 8.0, 1, 1e-05, 0.019491057939801465",
    })
    void agreesWithTwoOtherAccountants(double q, double sigma, long steps, double delta, double expected) {
        assertEquals(expected, new RenyiAccountant(q, sigma).epsilon(steps, delta), 1e-9 * Math.max(1, expected));
    }

    @Test
    void everyStepSpendsAndNoiseSaves() {
        RenyiAccountant accountant = new RenyiAccountant(0.05, 1.2);
        assertEquals(0, accountant.epsilon(0, 1e-5));
        double before = 0;
        for (long steps = 1; steps < 2000; steps *= 3) {
            double now = accountant.epsilon(steps, 1e-5);
            assertTrue(now >= before);
            assertTrue(now > new RenyiAccountant(0.05, 1.5).epsilon(steps, 1e-5));
            assertTrue(now <= accountant.epsilon(steps, 1e-6));
            before = now;
        }
    }

    @Test
    void refusesWhatIsNoMechanism() {
        assertThrows(IllegalArgumentException.class, () -> new RenyiAccountant(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RenyiAccountant(1.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new RenyiAccountant(0.5, 0));
        assertThrows(IllegalArgumentException.class, () -> new RenyiAccountant(0.5, 1).epsilon(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new RenyiAccountant(0.5, 1).epsilon(-1, 0.5));
    }
}
