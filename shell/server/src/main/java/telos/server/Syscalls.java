package telos.server;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.AgentId;
import telos.kernel.Reply;
import telos.kernel.Syscall;
import telos.kernel.SyscallHandler;
import telos.kernel.ToolCall;
import telos.kernel.scheduling.Claim;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Term;
import telos.server.monitor.Mediator;
import telos.server.monitor.Reach;
import telos.server.monitor.Subject;
import telos.server.monitor.Wanted;
import telos.tools.ToolResult;
import telos.tools.Toolbox;
import telos.tools.files.Guard;

/**
 * Carries out the system calls of agents: a model call goes to a served model, a tool call to the toolbox. An agent is no
 * plan, so whatever it was told is in everything that it does: tool calls carry the label of its whole context.
 */
final class Syscalls implements SyscallHandler {
    private static final int MAX_TOKENS_A_TURN = 1024;

    /** What a running agent brought with it. */
    record Caller(Path workingDirectory, ChatListener listener, Subject subject) {}

    private final ConcurrentMap<AgentId, Caller> callers = new ConcurrentHashMap<>();
    private final Models models;
    private final Toolbox toolbox;
    private final Mediator mediator;

    Syscalls(Models models, Toolbox toolbox, Mediator mediator) {
        this.models = models;
        this.toolbox = toolbox;
        this.mediator = mediator;
    }

    /** Through which everything goes that has an effect. */
    Mediator mediator() {
        return mediator;
    }

    Toolbox toolbox() {
        return toolbox;
    }

    void register(AgentId agent, Caller caller) {
        callers.put(agent, caller);
    }

    void forget(AgentId agent) {
        callers.remove(agent);
    }

    @Override
    public Reply handle(AgentId agent, Syscall call) throws InterruptedException {
        @Nullable Caller caller = callers.get(agent);
        if (caller == null) {
            return new Reply.Refused(agent + " is not known");
        }
        return switch (call) {
            case Syscall.Generate generate -> generate(agent, caller, generate);
            case Syscall.Invoke invoke -> invoke(caller, invoke);
        };
    }

    private Reply generate(AgentId agent, Caller caller, Syscall.Generate call) throws InterruptedException {
        ServedModel model;
        switch (models.open(call.model())) {
            case Models.Opened opened -> model = opened.model();
            case Models.Starting _ -> {
                return new Reply.Refused("the daemon is still starting; ask again in a moment");
            }
            case Models.Unknown unknown -> {
                return new Reply.Refused(unknown.why());
            }
            case Models.Unusable unusable -> {
                return new Reply.Refused(unusable.why());
            }
        }
        ChatRequest request = ChatRequest.of(
                call.messages(),
                call.tools(),
                call.tools().isEmpty() ? new ToolChoice.None() : new ToolChoice.Auto(),
                SamplingOptions.greedy(Math.min(call.maxTokens(), MAX_TOKENS_A_TURN)),
                Claim.of(Tenant.LOCAL.name(), agent.toString())
                        .readBy(Audiences.ofAgent(caller.subject().context().readers())));
        return switch (model.generate(request, caller.listener())) {
            case ChatOutcome.Completed completed
            when cutShort(completed) ->
                new Reply.Failed("the model generated as many tokens as it may and had not finished");
            case ChatOutcome.Completed completed -> {
                caller.subject().learn(said(model.name()));
                yield new Reply.Generated(
                        completed.message(),
                        completed.usage().prompt(),
                        completed.usage().completion());
            }
            case ChatOutcome.Refused refused -> new Reply.Refused(refused.why());
            case ChatOutcome.Failed failed -> new Reply.Failed(failed.why());
        };
    }

    /** Cut before anything could be made of it: no text, and no call that is whole. */
    private static boolean cutShort(ChatOutcome.Completed completed) {
        return completed.finish() == ChatOutcome.Finish.LENGTH
                && completed.message().calls().isEmpty()
                && completed.message().text().isBlank();
    }

    /** What a model says is not the user's word. */
    private static Label said(String model) {
        return Label.of(Integrity.TRUSTED, Readers.EVERYONE).from(new Source(Source.Kind.MODEL, model));
    }

    private Reply invoke(Caller caller, Syscall.Invoke invoke) throws InterruptedException {
        ToolCall call = invoke.call();
        return switch (toolbox.prepare(call.name(), call.arguments(), caller.workingDirectory())) {
            case Toolbox.Prepared.Refused(String why, Label told) -> {
                mediator.unjudged(caller.subject(), toolbox.knows(call.name()) ? call.name() : "no tool of ours", told);
                yield new Reply.Failed(why);
            }
            case Toolbox.Prepared.Ready ready -> {
                Wanted wanted = new Wanted(ready.tool(), ready.values(), Set.of(), ready.result());
                yield switch (mediator.perform(
                        caller.subject(), wanted, reach -> carriedOut(caller.subject(), ready, reach))) {
                    case Mediator.Outcome.Refused<ToolResult>(String why) -> new Reply.Refused(why);
                    case Mediator.Outcome.Done<ToolResult>(ToolResult result) -> reply(result);
                };
            }
        };
    }

    private ToolResult carriedOut(Subject subject, Toolbox.Prepared.Ready call, Reach reach)
            throws InterruptedException {
        return toolbox.run(call, new Guard() {
            @Override
            public boolean mayOpen(Path entry) {
                return reach.covers("path", new Term.Text(entry.toString()));
            }

            @Override
            public void read(Label stored) {
                subject.learn(stored);
            }
        });
    }

    private static Reply reply(ToolResult result) {
        return switch (result) {
            case ToolResult.Output output -> new Reply.Returned(output.text());
            case ToolResult.Failed failed -> new Reply.Failed(failed.message());
        };
    }
}
