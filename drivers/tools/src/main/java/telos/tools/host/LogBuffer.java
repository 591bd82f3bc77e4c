package telos.tools.host;

import telos.tools.report.Unavailable;

/** Where the kernel keeps its newest messages. */
@FunctionalInterface
interface LogBuffer {
    /** All of it, oldest line first, each as {@code <6>[   12.345678] text}. Never waits for more. */
    String read() throws Unavailable;

    static LogBuffer ofThisKernel() {
        return new KernelRing();
    }
}
