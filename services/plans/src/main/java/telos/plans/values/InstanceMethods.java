package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every instance of a plan's class can do. */
final class InstanceMethods {
    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();

    private InstanceMethods() {}

    static {
        Builtin.Act dump = s -> {
            InstanceBox instance = (InstanceBox) s.payload(0);
            DictBox dict = new DictBox();
            s.context().bytes(64L * instance.size());
            instance.raw().forEach((name, value) -> dict.put(Value.of(name), instance.read(value, s.label(), s.at(0))));
            return new Value(dict);
        };
        Builtin.Tell dumped = o -> Prospect.sure(
                o.at(0).fields() == null
                        ? Outline.holding(Kind.DICT, o.extent(0), o.at(0).elementOrNone(), Outline.text(1 << 16))
                        : Outline.dict(java.util.Objects.requireNonNull(o.at(0).fields())));
        TABLE.put("model_dump", Builtin.method("model_dump", "", dump, dumped));
        TABLE.put("dict", Builtin.method("dict", "", dump, dumped));
    }
}
