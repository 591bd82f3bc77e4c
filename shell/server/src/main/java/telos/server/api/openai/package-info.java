/**
 * OpenAI's dialect: chat and text completions, embeddings, the listing of models, and vLLM's endpoints for tokens. It
 * reads requests into turns and writes outcomes as answers or streams; unknown members are ignored, and values that are
 * not supported are refused.
 */
@NullMarked
package telos.server.api.openai;

import org.jspecify.annotations.NullMarked;
