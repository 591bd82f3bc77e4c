/**
 * What the owner sees of how work is divided, and changes in it: every tree of the daemon, be it an engine's or another's,
 * is a {@link telos.server.clock.Clock}, and {@link telos.server.clock.Clocks} finds entities in all of them by their
 * names. It decides nothing about who is served.
 */
@NullMarked
package telos.server.clock;

import org.jspecify.annotations.NullMarked;
