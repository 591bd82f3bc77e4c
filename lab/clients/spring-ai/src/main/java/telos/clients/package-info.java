/**
 * The checks of Spring AI, unmodified, against a daemon, as a program that the bench starts. It must know nothing of Telos but its
 * address.
 */
package telos.clients;
