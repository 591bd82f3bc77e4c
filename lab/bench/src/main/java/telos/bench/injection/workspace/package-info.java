/** AgentDojo's office: one person's mail, calendar and drive. No mail leaves it. */
@NullMarked
package telos.bench.injection.workspace;

import org.jspecify.annotations.NullMarked;
