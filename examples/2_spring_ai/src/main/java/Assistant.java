import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** An assistant with one tool: {@code ./run "how full is the disk under /tmp?"}. */
public final class Assistant {
    static final class Machine {
        @Tool(description = "Shows how full the file system is that holds a path.")
        String disk(@ToolParam(description = "Any path on the file system.") String path) throws IOException {
            var store = Files.getFileStore(Path.of(path));
            long size = store.getTotalSpace() >> 30;
            long free = store.getUsableSpace() >> 30;
            return path + ": " + size + " GiB in all, " + free + " GiB free";
        }
    }

    public static void main(String[] arguments) {
        String url = System.getenv().getOrDefault("OPENAI_BASE_URL", "http://127.0.0.1:7717/v1");
        var model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder().baseUrl(url).apiKey("unused").model("telos-mini").build())
                .build();
        String question = arguments.length == 0 ? "How full is the disk under /tmp?" : String.join(" ", arguments);
        System.out.println(ChatClient.create(model).prompt().user(question).tools(new Machine()).call().content());
        System.exit(0); // its HTTP client would linger
    }
}
