/**
 * Looks at files for the tools: the largest, by name, their first and last lines, and text in them. Only regular files are
 * opened, folders are walked within bounds of time and number and never through a link or into another file system.
 * Nothing here may wait for a pipe or a device, or hold a whole file in memory.
 */
@NullMarked
package telos.tools.files;

import org.jspecify.annotations.NullMarked;
