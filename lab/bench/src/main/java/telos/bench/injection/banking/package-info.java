/** AgentDojo's bank: one account, its payments, the user's details and a few letters. It moves no money. */
@NullMarked
package telos.bench.injection.banking;

import org.jspecify.annotations.NullMarked;
