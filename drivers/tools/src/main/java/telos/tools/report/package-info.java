/**
 * What the tools find, as records, and the exact text that a person and a model are shown for each. Pure: whoever makes
 * the record, the host or a generator of examples, gets the same text. Text from outside is made safe to print here, and
 * nothing here may read anything.
 */
@NullMarked
package telos.tools.report;

import org.jspecify.annotations.NullMarked;
