package rollcall.proof;

import java.time.Instant;
import java.util.List;

/**
 * The events of a roll's topic that one subscriber received, in order of arrival.
 *
 * @param calm whether nothing was killed meanwhile, so that all events after the first
 * one must be received
 */
record Watch(String rollId, boolean calm, List<Event> events) {

	/**
	 * One message of the topic.
	 *
	 * @param studentId empty for the end
	 * @param seen the time of arrival, {@link System#nanoTime()}
	 */
	record Event(String type, long classId, String rollId, long seq, String studentId, Instant at, long seen) {

		boolean presence() {
			return this.type.equals("presence");
		}

		boolean ended() {
			return this.type.equals("ended");
		}

	}

}
