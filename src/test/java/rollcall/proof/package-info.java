/**
 * Proves the promises from outside: clients that know a base URL, a history of their
 * requests and replies, and a checker of the history. Proofs that kill, cut connections
 * or trace also control the server's process.
 */
package rollcall.proof;
