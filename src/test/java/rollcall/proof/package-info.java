/**
 * The proof of the promises, from outside: clients that know a base URL, a history of
 * what they sent and were told, and a checker that judges it. Where a proof kills, cuts
 * or traces, it holds the server's process.
 */
package rollcall.proof;
