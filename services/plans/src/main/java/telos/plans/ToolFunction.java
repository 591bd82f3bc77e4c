package telos.plans;

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

    ToolFunction(Sort sort, Tool tool) {
        this.sort = sort;
        this.tool = tool;
    }

    @Override
    public String name() {
        return tool.name();
    }
}
