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

    private Modules() {}

    static Optional<Value> find(Map<String, Value> globals, Optional<String> module, String name) {
        if (module.isEmpty()) {
            return Optional.ofNullable(Builtins.modules().get(name)).map(Value::new);
        }
        Module known = Builtins.modules().get(module.get());
        if (known != null) {
            Value member = known.members().get(name);
            if (member != null) {
                return Optional.of(member);
            }
        }
        return Optional.ofNullable(globals.get(name));
    }

    static boolean isKnown(String module) {
        return FOR_TYPES.contains(module);
    }

    static boolean isForTypes(String module) {
        return FOR_TYPES.contains(module);
    }
}
