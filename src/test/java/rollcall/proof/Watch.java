package rollcall.proof;

import java.time.Instant;
import java.util.List;

/**
 * What one subscriber saw of a roll's topic, in order of arrival.
 *
 * @param calm nothing was killed meanwhile, so that whoever saw one event must see all
 * later ones
 */
record Watch(String rollId, boolean calm, List<Event> events) {

	/**
	 * One message of the topic.
	 *
	 * @param studentId empty in the last one
	 * @param seen when it arrived, {@link System#nanoTime()}
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
