package telos.cli.clock;

/** What a daemon said of its clocks: two tenants on one model, and a program. */
public final class Recorded {
    public static final String SCHED = """
            {"policy": "fair", "policies": ["fair", "priority", "deadline", "attained", "attained-request", "round-robin", "first-come"],
            "clocks": [{"name": "mini", "unit": "tokens", "policy": "fair"}, {"name": "cpu 0", "unit": "seconds", "policy": "priority"}],
            "entities": [
            {"id": "mini#1", "path": "mini/alice", "clock": "mini", "level": "tenant", "name": "alice", "phase": "served", "weight": 300, "priority": 0, "deadline": null,
            "waiting": 1, "running": 2, "asked": 0.75, "got": 0.6, "lag": 1534.2, "attained": 60000.0, "waited_seconds": 0.2, "longest_wait_seconds": 1.5, "dispatches": 20, "preemptions": 2},
            {"id": "mini#2", "path": "mini/local", "clock": "mini", "level": "tenant", "name": "local", "phase": "ready", "weight": 100, "priority": 0, "deadline": null,
            "waiting": 1, "running": 0, "asked": 0.25, "got": 0.4, "lag": -1534.2, "attained": 31234.0, "waited_seconds": 0.05, "longest_wait_seconds": 0.9, "dispatches": 20, "preemptions": 1},
            {"id": "mini#3", "path": "mini/alice/crawler", "clock": "mini", "level": "agent", "name": "crawler", "phase": "served", "weight": 100, "priority": -5, "deadline": null,
            "waiting": 1, "running": 2, "asked": 0.75, "got": 0.6, "lag": 0.0, "attained": 60000.0, "waited_seconds": 0.2, "longest_wait_seconds": 1.5, "dispatches": 20, "preemptions": 2},
            {"id": "mini#5", "path": "mini/alice/idler", "clock": "mini", "level": "agent", "name": "idler", "phase": "idle", "weight": 100, "priority": 0, "deadline": null,
            "waiting": 0, "running": 0, "asked": 0.0, "got": 0.0, "lag": 0.0, "attained": 12.0, "waited_seconds": 0.0, "longest_wait_seconds": 0.0, "dispatches": 1, "preemptions": 0},
            {"id": "mini#7", "path": "mini/alice/crawler/17", "clock": "mini", "level": "request", "name": "17", "phase": "served", "weight": 100, "priority": 0, "deadline": {"budget": 500.0, "period_ms": 2000.0},
            "waiting": 0, "running": 1, "asked": 0.375, "got": 0.3, "lag": 0.0, "attained": 1200.0, "waited_seconds": 0.0, "longest_wait_seconds": 0.1, "dispatches": 1, "preemptions": 0},
            {"id": "mini#8", "path": "mini/local/agent-4", "clock": "mini", "level": "agent", "name": "agent-4", "phase": "ready", "weight": 100, "priority": 0, "deadline": null,
            "waiting": 1, "running": 0, "asked": 0.25, "got": 0.4, "lag": 0.0, "attained": 31234.0, "waited_seconds": 0.05, "longest_wait_seconds": 0.9, "dispatches": 20, "preemptions": 1},
            {"id": "cpu 0#1", "path": "cpu 0/spin", "clock": "cpu 0", "level": "agent", "name": "spin", "phase": "served", "weight": 900, "priority": 0, "deadline": null,
            "waiting": 0, "running": 1, "asked": 0.9, "got": 0.89, "lag": 0.25, "attained": 1.5, "waited_seconds": 0.0, "longest_wait_seconds": 0.0, "dispatches": 1, "preemptions": 0}]}""";

    /** Two iterations of one request, and a preemption of another. */
    public static final String TRACE = """
            {"displayTimeUnit": "ms", "traceEvents": [{"name": "process_name", "ph": "M", "pid": 1, "tid": 0, "args": {"name": "mini"}},
            {"name": "thread_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": "alice/crawler"}},
            {"name": "prefill 17", "ph": "X", "ts": 5000100.5, "pid": 1, "tid": 1, "dur": 900.25, "args": {"request": 17, "position": 0, "tokens": 128}},
            {"name": "thread_name", "ph": "M", "pid": 1, "tid": 2, "args": {"name": "iterations"}},
            {"name": "1 decodes, 128 tokens of prompts", "ph": "X", "ts": 5000100.5, "pid": 1, "tid": 2, "dur": 900.25, "args": {"decodes": 1, "prompt_tokens": 128, "waiting": 2, "preempted": 0}},
            {"name": "decode 17", "ph": "X", "ts": 5001200.0, "pid": 1, "tid": 1, "dur": 400.0, "args": {"request": 17, "position": 128, "tokens": 1}},
            {"name": "1 decodes, 0 tokens of prompts", "ph": "X", "ts": 5001200.0, "pid": 1, "tid": 2, "dur": 400.0, "args": {"decodes": 1, "prompt_tokens": 0, "waiting": 1, "preempted": 1}},
            {"name": "thread_name", "ph": "M", "pid": 1, "tid": 3, "args": {"name": "preemptions"}},
            {"name": "preempted 18", "ph": "i", "ts": 5001200.0, "pid": 1, "tid": 3, "s": "p", "args": {"request": 18}}]}""";

    private Recorded() {}
}
