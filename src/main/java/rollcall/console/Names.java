package rollcall.console;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import rollcall.console.Roster.Student;

/** The names of a roster. Without a roster there are none. */
final class Names {

	static final Names NONE = new Names(null);

	private final @Nullable Roster roster;

	Names(@Nullable Roster roster) {
		this.roster = roster;
	}

	boolean isEmpty() {
		return this.roster == null;
	}

	/** The number of students of the class. */
	int count() {
		return students().size();
	}

	/** Finds the name of a student; it is empty in a roster of ids only. */
	Optional<String> find(String studentId) {
		return (this.roster != null) ? this.roster.match(studentId).map(Student::name) : Optional.empty();
	}

	/** The number of students of the class who are among these ids. */
	int among(Collection<String> studentIds) {
		return matched(studentIds).size();
	}

	/** The number of these ids that are not on the roster. */
	long unknown(Collection<String> studentIds) {
		return studentIds.stream().filter((id) -> find(id).isEmpty()).count();
	}

	/**
	 * The students of the class who are not among these ids, in the order of the file.
	 */
	List<Student> without(Collection<String> studentIds) {
		Set<Student> found = matched(studentIds);
		return students().stream().filter((student) -> !found.contains(student)).toList();
	}

	/** Two ids may be those of one student, such as 042 and 42. */
	private Set<Student> matched(Collection<String> studentIds) {
		Set<Student> found = new HashSet<>();
		if (this.roster != null) {
			studentIds.forEach((id) -> this.roster.match(id).ifPresent(found::add));
		}
		return found;
	}

	private List<Student> students() {
		return (this.roster != null) ? this.roster.students() : List.of();
	}

}
