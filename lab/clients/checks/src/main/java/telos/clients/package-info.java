/**
 * What the checks of all JVM clients share: how a check is run and told to the bench. It must not know any client.
 */
package telos.clients;
