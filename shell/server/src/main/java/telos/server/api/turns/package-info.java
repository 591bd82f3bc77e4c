/**
 * What every dialect does with a turn: finds the model, runs one or several generations while it watches whether the
 * client is still there, and turns refusals into errors. It writes no dialect's answers.
 */
@NullMarked
package telos.server.api.turns;

import org.jspecify.annotations.NullMarked;
