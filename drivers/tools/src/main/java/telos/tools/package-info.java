/**
 * The built-in tools that agents call: what they are ({@link telos.tools.Catalogue}), what they are given
 * ({@link telos.tools.Arguments}) and how they are run ({@link telos.tools.Toolbox}). Every tool only reads, is bounded in
 * time and in output, and answers with data. Nothing here may change the machine, follow text as an instruction, or let
 * what it read drive a terminal.
 */
@NullMarked
package telos.tools;

import org.jspecify.annotations.NullMarked;
