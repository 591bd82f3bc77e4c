package telos.devices.linux;

import java.util.concurrent.CountDownLatch;

/** A program of very many threads that sleep, and one, started last, that spins for a minute at most. */
final class Crowd {
    static final int SLEEPERS = 400;

    private Crowd() {}

    public static void main(String[] none) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < SLEEPERS; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        long end = System.nanoTime() + 60_000_000_000L;
        Thread spinner = Thread.ofPlatform().start(() -> {
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        spinner.join();
    }
}
