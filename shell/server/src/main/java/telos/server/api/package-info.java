/**
 * HTTP in front of the daemon: the OpenAI dialect on loopback, and the admin API on a Unix socket. It turns requests
 * into turns, runs and listings, and outcomes into JSON; it decides nothing about models, tools or agents.
 */
@NullMarked
package telos.server.api;

import org.jspecify.annotations.NullMarked;
