package telos.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import telos.kernel.scheduling.Addition;
import telos.kernel.scheduling.EarliestDeadline;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Reservation;
import telos.kernel.scheduling.Shares;

/**
 * Periodic tasks on one processor under earliest deadline first, beside a tenant that takes whatever is left. Each task
 * asks for a budget in every period and then uses it to the full; who is not admitted does not run.
 *
 * @param load of all tasks that asked, as part of the processor
 * @param sets of tasks that were tried
 * @param admitted load of those that were admitted, as part of what is feasible: the load asked, and no more than one
 * @param jobs that admitted tasks ran
 * @param misses jobs that were not done when their period ended
 * @param missed seeds of the sets in which there were such jobs
 * @param leftOver what the other tenant got, as part of the processor
 */
public record DeadlineTrials(
        double load, int sets, double admitted, long jobs, long misses, List<Long> missed, double leftOver) {
    public DeadlineTrials {
        missed = List.copyOf(missed);
    }

    private static final long MILLISECOND = 1_000_000;
    private static final long SLICE = MILLISECOND / 10;
    private static final long END = 2_000 * MILLISECOND;
    private static final int TASKS = 20;

    /** Runs sets of tasks that together ask for {@code load}. */
    public static DeadlineTrials run(double load, long seedFrom, int sets) {
        double admitted = 0;
        long jobs = 0;
        long misses = 0;
        List<Long> missed = new ArrayList<>();
        long left = 0;
        for (long seed = seedFrom; seed < seedFrom + sets; seed++) {
            Run run = new Run(new Random(seed), load);
            run.play();
            admitted += run.admitted / Math.min(1, load);
            jobs += run.jobs;
            misses += run.misses;
            if (run.misses > 0) {
                missed.add(seed);
            }
            left += run.left;
        }
        return new DeadlineTrials(load, sets, admitted / sets, jobs, misses, missed, (double) left / END / sets);
    }

    private static final class Task {
        final EntityId entity;
        final Reservation asks;
        /** When the present job was released; its deadline is a period later. */
        long released;

        long toDo;

        Task(EntityId entity, Reservation asks, long released) {
            this.entity = entity;
            this.asks = asks;
            this.released = released;
        }
    }

    private static final class Run {
        private final EntityTree tree = new EntityTree(new EarliestDeadline());
        private final List<Task> tasks = new ArrayList<>();
        private final EntityId greedy;
        private double admitted;
        private long jobs;
        private long misses;
        private long left;

        Run(Random random, double load) {
            EntityId urgent = tree.add(tree.root(), Level.TENANT, "urgent", Shares.USUAL, 0)
                    .orThrow();
            EntityId other = tree.add(tree.root(), Level.TENANT, "other", Shares.weighing(10_000), 0)
                    .orThrow();
            greedy = tree.add(other, Level.AGENT, "greedy", Shares.USUAL, 0).orThrow();
            tree.ready(greedy, 0);
            double[] parts = random.doubles(TASKS, 0.2, 1).toArray();
            double sum = 0;
            for (double part : parts) {
                sum += part;
            }
            for (double part : parts) {
                long period = (10 + random.nextInt(191)) * MILLISECOND;
                long budget = Math.max(SLICE, (long) (load * part / sum * period) / SLICE * SLICE);
                Reservation asks = new Reservation(budget, period);
                if (tree.add(urgent, Level.AGENT, "task", Shares.USUAL.withDeadline(asks), 0)
                        instanceof Addition.Added(EntityId entity)) {
                    tasks.add(new Task(entity, asks, random.nextLong(period)));
                    admitted += (double) budget / period;
                }
            }
        }

        void play() {
            long now = 0;
            tasks.forEach(task -> task.released -= task.asks.period());
            while (now < END) {
                for (Task task : tasks) {
                    if (task.released + task.asks.period() <= now) {
                        release(task, now);
                    }
                }
                EntityId next = tree.next(now).orElseThrow();
                tree.dispatch(next, now);
                now += SLICE;
                tree.charge(next, SLICE, now);
                serve(next, now);
            }
        }

        /** A job that is not done by now is given up. */
        private void release(Task task, long now) {
            if (task.toDo > 0) {
                misses++;
            } else {
                tree.ready(task.entity, now);
            }
            task.released += task.asks.period();
            task.toDo = task.asks.budget();
            jobs++;
        }

        private void serve(EntityId served, long now) {
            if (served.equals(greedy)) {
                left += SLICE;
                tree.ready(greedy, now);
                return;
            }
            for (Task task : tasks) {
                if (task.entity.equals(served)) {
                    task.toDo -= SLICE;
                    if (task.toDo > 0) {
                        tree.ready(served, now);
                    } else {
                        tree.idle(served, now);
                    }
                }
            }
        }
    }
}
