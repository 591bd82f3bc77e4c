/**
 * OpenAI's Responses API: conversations that the daemon keeps, answers as items, streams of named events, and responses
 * that are made in the background. It shares the readers of tools and forms with chat completions; what it keeps lies in
 * a {@code ResponseStore}.
 */
@NullMarked
package telos.server.api.responses;

import org.jspecify.annotations.NullMarked;
