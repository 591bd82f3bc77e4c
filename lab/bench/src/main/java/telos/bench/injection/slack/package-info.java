/** AgentDojo's Slack: users, channels, messages and a web of a few pages. It reaches no network. */
@NullMarked
package telos.bench.injection.slack;

import org.jspecify.annotations.NullMarked;
