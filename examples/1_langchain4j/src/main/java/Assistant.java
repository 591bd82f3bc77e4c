import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An assistant with one tool: {@code ./run "how full is the disk under /tmp?"}. */
public final class Assistant {
    interface Helper {
        String answer(String question);
    }

    static final class Machine {
        @Tool("Shows how full the file system is that holds a path.")
        String disk(@P("Any path on the file system.") String path) throws IOException {
            var store = Files.getFileStore(Path.of(path));
            long size = store.getTotalSpace() >> 30;
            long free = store.getUsableSpace() >> 30;
            return path + ": " + size + " GiB in all, " + free + " GiB free";
        }
    }

    public static void main(String[] arguments) {
        String url = System.getenv().getOrDefault("OPENAI_BASE_URL", "http://127.0.0.1:7717/v1");
        Helper helper = AiServices.builder(Helper.class)
                .chatModel(OpenAiChatModel.builder().baseUrl(url).apiKey("unused").modelName("telos-mini").build())
                .tools(new Machine())
                .build();
        String question = arguments.length == 0 ? "How full is the disk under /tmp?" : String.join(" ", arguments);
        System.out.println(helper.answer(question));
    }
}
