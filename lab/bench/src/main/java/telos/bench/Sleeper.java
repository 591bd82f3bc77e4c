package telos.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** A program that works for so many seconds of CPU time and then sleeps for as long, until it is ended. */
public final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        long work = (long) (Double.parseDouble(arguments[0]) * 1e9);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        while (true) {
            long end = threads.getCurrentThreadCpuTime() + work;
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
            TimeUnit.NANOSECONDS.sleep(work);
        }
    }
}
