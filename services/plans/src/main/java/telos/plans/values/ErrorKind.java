package telos.plans.values;

import org.jspecify.annotations.Nullable;

/** The exceptions that are built in. */
// sets of them are bit masks, made and read within one run; their types never change
@SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"})
public enum ErrorKind {
    BASE_EXCEPTION("BaseException", null),
    EXCEPTION("Exception", BASE_EXCEPTION),
    ARITHMETIC("ArithmeticError", EXCEPTION),
    ZERO_DIVISION("ZeroDivisionError", ARITHMETIC),
    OVERFLOW("OverflowError", ARITHMETIC),
    LOOKUP("LookupError", EXCEPTION),
    INDEX("IndexError", LOOKUP),
    KEY("KeyError", LOOKUP),
    VALUE("ValueError", EXCEPTION),
    TYPE("TypeError", EXCEPTION),
    ATTRIBUTE("AttributeError", EXCEPTION),
    NAME("NameError", EXCEPTION),
    UNBOUND("UnboundLocalError", NAME),
    STOP_ITERATION("StopIteration", EXCEPTION),
    ASSERTION("AssertionError", EXCEPTION),
    RUNTIME("RuntimeError", EXCEPTION),
    RECURSION("RecursionError", RUNTIME),
    NOT_IMPLEMENTED("NotImplementedError", RUNTIME),
    TOOL("ToolError", EXCEPTION),
    NOT_ENOUGH_INFORMATION("NotEnoughInformationError", EXCEPTION);

    private static final ErrorKind[] ALL = values();

    private final Type type;

    ErrorKind(String name, @Nullable ErrorKind parent) {
        this.type = Type.exception(name, parent == null ? null : parent.type);
    }

    int bit() {
        return 1 << ordinal();
    }

    public Type type() {
        return type;
    }

    /** The built-in exception that this type is, or null. */
    static @Nullable ErrorKind of(Type type) {
        for (ErrorKind each : ALL) {
            if (each.type == type) {
                return each;
            }
        }
        return null;
    }
}
