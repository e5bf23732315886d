package rollcall.proof;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.JsonNode;

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
	 * @param row the new row of a student; its student id is empty if the message is not
	 * about a student
	 * @param times the new times of the roll, if the message is about them
	 * @param seen the time of arrival, {@link System#nanoTime()}
	 */
	record Event(String type, long classId, String rollId, Call.Entry row, Call.SeenTimes times, long seen) {

		/** Reads the body of a message by the documented names. */
		static Event read(JsonNode body, long seen) {
			Call.Entry row = new Call.Entry(body.required("seq").longValue(), body.path("studentId").asString(""),
					Instants.read(body.required("at").stringValue()), body.path("status").asString(null),
					body.path("by").asString(null));
			return new Event(body.required("type").stringValue(), body.required("classId").longValue(),
					body.required("rollId").stringValue(), row, RollCallClient.times(body), seen);
		}

		long seq() {
			return this.row.seq();
		}

		Instant at() {
			return this.row.at();
		}

		/** Whether it is about a student, and its type fits the status. */
		boolean ofStudent() {
			return this.type.equals(this.row.counts() ? "presence" : "absence") && !this.row.studentId().isEmpty();
		}

		boolean changed() {
			return this.type.equals("changed");
		}

		boolean ended() {
			return this.type.equals("ended");
		}

	}

}
