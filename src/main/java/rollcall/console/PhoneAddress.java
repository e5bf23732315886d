package rollcall.console;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The addresses at which phones reach the server, as the server gives them.
 *
 * @param url the best one, with a slash at its end; the class follows
 * @param candidates all of them; null if the server does not list them
 */
record PhoneAddress(String url, @Nullable List<Candidate> candidates) {

	/** The other addresses, each with the name of its network adapter. */
	List<String> others() {
		List<Candidate> all = (this.candidates != null) ? this.candidates : List.of();
		return all.stream().filter((each) -> !each.url().equals(this.url)).map(Candidate::label).toList();
	}

	/**
	 * An address that the teacher can choose.
	 *
	 * @param url with a slash at its end
	 * @param adapter the name of the network adapter; null if it has none
	 */
	record Candidate(String url, @Nullable String adapter) {

		private String label() {
			return (this.adapter != null) ? this.url + " (" + this.adapter + ")" : this.url;
		}

	}

}
