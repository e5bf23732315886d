/**
 * The roll call: the records of its API, its rules, its writer and its live feed. This
 * package does not depend on the packages of its two stores, nor on WebSockets, logins or
 * consoles.
 * <ul>
 * <li>Roll: one roll call of one class. A class has at most one open roll.</li>
 * <li>Presence: a student who is recorded in a roll. {@code seq} is its number in the
 * roll.</li>
 * <li>Sheet: the presences of a roll that has ended. It is kept for some time and then
 * erased. A sheet waits if the server itself ended the roll and no teacher has taken the
 * sheet yet.</li>
 * <li>Change: a start, a presence, an end or the erasing of a sheet, requested by a
 * client. A batch is the list of changes that one transaction commits.</li>
 * <li>Node: one running server. In a cluster the nodes share one database.</li>
 * <li>Upkeep: regular work of the server itself. It ends abandoned rolls and erases old
 * sheets.</li>
 * </ul>
 */
@NullMarked
package rollcall.roll;

import org.jspecify.annotations.NullMarked;
