package rollcall.roll;

/**
 * The subscribers of live topics on this node. Public, because the package of the STOMP
 * broker implements it.
 */
@FunctionalInterface
public interface Subscribers {

	/**
	 * Whether a client on this node is subscribed to a topic. A subscription that begins
	 * during the call may be missed: its client reads the roll after it has subscribed.
	 * @param topic the topic of a roll
	 */
	boolean existFor(String topic);

}
