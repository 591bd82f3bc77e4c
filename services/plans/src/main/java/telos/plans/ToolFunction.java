package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.plans.values.UserFunction;

/** What the name of a tool stands for in a plan. */
final class ToolFunction implements UserFunction {
    enum Sort {
        TOOL,
        ASK,
        PRINT
    }

    final Sort sort;
    final Tool tool;

    private @Nullable Form form;

    ToolFunction(Sort sort, Tool tool) {
        this.sort = sort;
        this.tool = tool;
    }

    /** What it gives; the tool has samples. */
    Form form() {
        if (form == null) {
            form = Form.of(tool);
        }
        return form;
    }

    @Override
    public String name() {
        return tool.name();
    }
}
