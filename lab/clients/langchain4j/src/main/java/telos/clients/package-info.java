/**
 * The checks of LangChain4j, unmodified, against a daemon, as a program that the bench starts. It must know nothing of Telos but its
 * address.
 */
package telos.clients;
