package telos.plans;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import telos.plans.values.Builtins;
import telos.plans.values.Module;
import telos.plans.values.Value;

/** What {@code import} finds: names that are there already. */
final class Modules {
    /** Modules of which only names for annotations and base classes are wanted. */
    private static final Set<String> FOR_TYPES =
            Set.of("typing", "pydantic", "enum", "collections.abc", "__future__", "dataclasses", "abc");

    /** Modules whose members a plan has without any import: Python's own functions, and the tools. */
    private static final Set<String> OF_GLOBALS = Set.of("builtins", "tools");

    private Modules() {}

    static Optional<Value> find(Map<String, Value> globals, Optional<String> module, String name) {
        if (module.isEmpty()) {
            return Optional.ofNullable(Builtins.modules().get(name)).map(Value::new);
        }
        Module known = Builtins.modules().get(module.get());
        if (known != null) {
            return Optional.ofNullable(known.members().get(name));
        }
        return OF_GLOBALS.contains(module.get()) ? Optional.ofNullable(globals.get(name)) : Optional.empty();
    }

    /** Whether there is such a module. */
    static boolean isThere(String module) {
        return Builtins.modules().containsKey(module) || OF_GLOBALS.contains(module);
    }

    static boolean isForTypes(String module) {
        return FOR_TYPES.contains(module);
    }
}
