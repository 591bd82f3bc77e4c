/** AgentDojo's travel agency: hotels, restaurants, cars and flights to choose from, and a desk. It books nothing. */
@NullMarked
package telos.bench.injection.travel;

import org.jspecify.annotations.NullMarked;
