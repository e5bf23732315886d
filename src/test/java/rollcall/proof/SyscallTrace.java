package rollcall.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's system calls in the order in which strace saw them begin and end. If a call
 * ended on an earlier line than another call began, it was complete when the other one
 * began.
 */
final class SyscallTrace {

	private static final Pattern WHOLE = Pattern.compile("(\\d+) +(?:[\\d.]+ )?(\\w+)\\((.*)\\) += (-?\\d+).*");

	private static final Pattern BEGUN = Pattern.compile("(\\d+) +(?:[\\d.]+ )?(\\w+)\\((.*)<unfinished \\.\\.\\.>");

	private static final Pattern RESUMED = Pattern
		.compile("(\\d+) +(?:[\\d.]+ )?<\\.\\.\\. (\\w+) resumed>(.*)\\) += (-?\\d+).*");

	private final List<Syscall> calls = new ArrayList<>();

	SyscallTrace(List<String> lines) {
		Map<String, Begun> begun = new HashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			Matcher whole = WHOLE.matcher(lines.get(i));
			Matcher start = BEGUN.matcher(lines.get(i));
			Matcher resumed = RESUMED.matcher(lines.get(i));
			if (resumed.matches()) {
				Begun first = begun.remove(resumed.group(1));
				if (first != null) {
					this.calls.add(new Syscall(first.name, first.arguments + resumed.group(3),
							Long.parseLong(resumed.group(4)), first.line, i));
				}
			}
			else if (start.matches()) {
				begun.put(start.group(1), new Begun(start.group(2), start.group(3), i));
			}
			else if (whole.matches()) {
				this.calls.add(new Syscall(whole.group(2), whole.group(3), Long.parseLong(whole.group(4)), i, i));
			}
		}
	}

	/**
	 * Returns why this trace does not prove that the presence was on the disk before its
	 * answer was written; empty if the trace proves it.
	 */
	String doubt(String studentId) {
		Syscall asked = null;
		Syscall answered = null;
		for (Syscall call : this.calls) {
			if (call.onSocket() && call.arguments.contains(studentId) && call.result > 0) {
				asked = (asked == null && call.reads()) ? call : asked;
				answered = (answered == null && call.writes()) ? call : answered;
			}
		}
		if (asked == null || answered == null) {
			return studentId + " was not seen to be " + ((asked == null) ? "asked" : "answered");
		}
		long request = asked.end;
		long answer = answered.begin;
		long written = this.calls.stream()
			.filter((call) -> call.writes() && call.onLog() && call.result > 0 && call.begin > request
					&& call.end < answer)
			.mapToLong(Syscall::end)
			.min()
			.orElse(-1);
		if (written < 0) {
			return studentId + " was answered on line " + answer + " and no write to the log came before";
		}
		boolean synced = this.calls.stream()
			.anyMatch((call) -> call.syncs() && call.onLog() && call.result == 0 && call.begin > written
					&& call.end < answer);
		return synced ? "" : studentId + " was answered on line " + answer + ", written on line " + written
				+ ", and no fsync of the log came between";
	}

	long syncs() {
		return this.calls.stream().filter((call) -> call.syncs() && call.onLog()).count();
	}

	/** A call that has begun on a line and has not ended. */
	private record Begun(String name, String arguments, int line) {
	}

	/** A call with the lines on which it began and ended. */
	private record Syscall(String name, String arguments, long result, int begin, int end) {

		private boolean reads() {
			return this.name.startsWith("read") || this.name.startsWith("recv");
		}

		private boolean writes() {
			return this.name.contains("write") || this.name.startsWith("send");
		}

		private boolean syncs() {
			return this.name.equals("fsync") || this.name.equals("fdatasync");
		}

		private boolean onSocket() {
			return this.arguments.matches("(?s)\\d+<(socket|TCP).*");
		}

		private boolean onLog() {
			return this.arguments.matches("(?s)\\d+<[^>]*-wal>.*");
		}

	}

}
