/**
 * HTTP as every dialect here needs it: routes, bodies read within bounds, errors in each client's shape, answers and
 * server-sent events written to clients that may be slow or gone. Endpoints get an {@code Exchange} and may block. Each
 * request is written into the ledger. What models do is none of its business.
 */
@NullMarked
package telos.server.api.http;

import org.jspecify.annotations.NullMarked;
