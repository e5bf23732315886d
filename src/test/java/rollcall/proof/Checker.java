package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a history against the promises. The history must be complete: for every roll
 * that was started, an end was repeated until the sheet arrived.
 */
final class Checker {

	private final History history;

	private final List<Violation> violations = new ArrayList<>();

	Checker(History history) {
		this.history = history;
	}

	List<Violation> violations() {
		Map<Long, List<Call>> calls = new HashMap<>();
		Map<String, Set<Long>> classesOf = new HashMap<>();
		for (Call call : this.history.calls()) {
			calls.computeIfAbsent(call.request().classId(), (id) -> new ArrayList<>()).add(call);
			if (call.request() instanceof Call.Present present) {
				classesOf.computeIfAbsent(present.studentId(), (id) -> new HashSet<>()).add(present.classId());
			}
			if (call.reply() instanceof Call.Unexpected unexpected) {
				report(Promise.CONTRACT, call.request() + " was answered " + unexpected);
			}
		}
		List<ClassHistory> stories = new ArrayList<>();
		Map<String, RollSpan> rolls = new HashMap<>();
		calls.forEach((classId, ofClass) -> {
			ClassHistory story = new ClassHistory(classId, ofClass);
			stories.add(story);
			story.rolls().forEach((roll) -> rolls.put(roll.rollId, roll));
		});
		TopicRules topics = new TopicRules(this, rolls, this.history);
		topics.learn();
		for (ClassHistory story : stories) {
			new SheetRules(this).check(story);
			new PresenceRules(this, story, classesOf).check();
			new MarkRules(this, story).check();
			new TimesRules(this, story).check();
			new CodeRules(this, story).check();
			new TeacherRules(this, story).check();
		}
		topics.check();
		return List.copyOf(this.violations);
	}

	void report(Promise promise, String story) {
		this.violations.add(new Violation(promise, story));
	}

}
