/** Mail, calendar and drive as two of AgentDojo's suites share them: state, tools, and the labels of what they hold. */
@NullMarked
package telos.bench.injection.office;

import org.jspecify.annotations.NullMarked;
