package rollcall.roll;

/**
 * Who is there to hear of a roll on this node.
 */
@FunctionalInterface
public interface Audience {

	/**
	 * Whether anybody here follows a topic. Who is about to, reads the roll afterwards.
	 * @param topic the topic of a roll
	 */
	boolean follows(String topic);

}
