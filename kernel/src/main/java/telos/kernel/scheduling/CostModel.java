package telos.kernel.scheduling;

import java.util.Arrays;

/**
 * What a kind of work costs, learned from what it cost before: a price for each of its terms, none negative, so that more
 * work never seems cheaper.
 *
 * <p>Its memory and its work per completion depend on the number of terms alone. Costs are in any unit; the one that comes
 * in goes out.
 */
public final class CostModel {
    /*
     * Least squares of the relative error, in which old completions fade. A completion that is further off than usual
     * counts for less (Huber's weights), so a thread that was not scheduled for a while moves little, and a lasting change
     * soon becomes what is usual. The normal equations are solved by coordinate descent, each price cut off at zero and
     * held, weakly, to what it was: so a price whose term has not occurred for long stays as it was learned.
     *
     * Huber, "Robust Estimation of a Location Parameter", 1964; Franc et al., "Sequential Coordinate-wise Algorithm for
     * the Non-negative Least Squares Problem", 2005.
     */
    private static final double FADING = 0.99;
    private static final double HOLD = 1e-5;
    private static final int SWEEPS = 24;
    private static final double USUAL_ERRORS = 2;
    private static final double LEAST_ERROR = 0.02;
    private static final double DEAREST = 1e15;

    private final double[][] products;
    private final double[] totals;
    private final double[] most;
    private final double[] prices;
    private double error = 1;
    private long completions;

    /** @param terms of which a piece of work consists */
    public CostModel(int terms) {
        this.products = new double[terms][terms];
        this.totals = new double[terms];
        this.most = new double[terms];
        this.prices = new double[terms];
    }

    /** Learns that this work cost so much. What is no cost, or no amount of work, is passed over. */
    public void learn(double[] work, double cost) {
        if (!(cost > 0 && cost <= DEAREST) || !Arrays.stream(work).allMatch(term -> term >= 0 && term <= DEAREST)) {
            return;
        }
        double off = Math.abs(1 - estimate(work) / cost);
        double usual = USUAL_ERRORS * Math.max(error, LEAST_ERROR);
        double weight = off <= usual ? 1 : usual / off;
        error += 0.05 * (Math.min(off, 2 * usual) - error);
        for (int i = 0; i < prices.length; i++) {
            for (int j = 0; j < prices.length; j++) {
                products[i][j] = FADING * products[i][j] + weight * (work[i] / cost) * (work[j] / cost);
            }
            totals[i] = FADING * totals[i] + weight * work[i] / cost;
            most[i] = Math.max(most[i], products[i][i]);
        }
        completions++;
        solve();
    }

    private void solve() {
        double[] before = prices.clone();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < prices.length; i++) {
                if (most[i] == 0) {
                    continue;
                }
                double hold = HOLD * most[i];
                double rest = totals[i] + hold * before[i];
                for (int j = 0; j < prices.length; j++) {
                    rest -= j == i ? 0 : products[i][j] * prices[j];
                }
                prices[i] = Math.clamp(rest / (products[i][i] + hold), 0, DEAREST);
            }
        }
    }

    /** What this work will cost; 0 for terms that have never occurred. */
    public double estimate(double[] work) {
        double cost = 0;
        for (int i = 0; i < prices.length; i++) {
            cost += prices[i] * work[i];
        }
        return cost;
    }

    /** Whether work with this term was ever completed. */
    public boolean knows(int term) {
        return most[term] > 0;
    }

    /** How many completions it has learned from. */
    public long completions() {
        return completions;
    }

    /** How far off it usually is, as a share of the cost. */
    public double error() {
        return error;
    }

    /** The price of each term: a copy. */
    public double[] prices() {
        return prices.clone();
    }
}
