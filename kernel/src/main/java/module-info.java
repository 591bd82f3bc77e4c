/** Floor 0: pure mechanism. No I/O, threads, clock, randomness or libraries; everything above stands on it. */
@org.jspecify.annotations.NullMarked
module telos.kernel {
    requires static transitive org.jspecify;

    exports telos.kernel;
    exports telos.kernel.memory;
    exports telos.kernel.scheduling;
    exports telos.kernel.security;
    exports telos.kernel.security.monitor;
    exports telos.kernel.security.policy;
}
