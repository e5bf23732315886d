import { Poll } from './poll.js';

const UNDO_MS = 10_000;
const ROLL_IS_OVER = ['no-open-roll', 'another-roll-open'];

/**
 * The marks that the teacher sets on this page. They are sent one after another, in their order, each until this server has
 * answered. That is safe: a repeated mark changes nothing, and the request names the roll, so no mark reaches the next roll.
 * Dispatches "change", and "over" when the server says that the roll has ended.
 */
export class Marks extends EventTarget {
  /** The marks without an answer: {studentId, status, before, undone}. */
  waiting = [];

  /** The marks that this server refused since the teacher's last one: {studentId, status, problem}. */
  refused = [];

  /** The last mark that the server took, null if there is none: {studentId, status, undone}. */
  last = null;

  #api;
  #roll;
  #students;
  /** The marks that can be undone, the last one at the end. */
  #undoable = [];
  /** The Poll that sends the marks, null while none waits. */
  #sending = null;

  constructor(api, roll) {
    super();
    this.#api = api;
    this.#roll = roll;
  }

  /** @param students the KnownStudents of the page, which get the answers */
  use(students) {
    this.#students = students;
  }

  /** The status that a student has or is about to get; null for an unknown student. */
  statusOf(studentId) {
    return this.#wanted(studentId) ?? this.#students.statusOf(studentId);
  }

  isWaiting(studentId) {
    return this.#wanted(studentId) !== null;
  }

  /** {since, problem} while the server does not answer, otherwise null. */
  get trouble() {
    return this.#sending?.trouble ?? null;
  }

  /**
   * The mark that undo() would take back, or null. A mark that was changed elsewhere since then cannot be taken back. While a mark of
   * the student waits for its answer, a newer number can be that of this mark: the topic is sometimes faster than the answer.
   */
  get undoable() {
    this.#undoable = this.#undoable.filter(({ studentId, seq, until }) => until > performance.now()
      && (seq === null || this.isWaiting(studentId) || this.#students.seqOf(studentId) <= seq));
    return this.#undoable[this.#undoable.length - 1] ?? null;
  }

  /** Gives a student a status. Without effect if the student has it. */
  set(studentId, status) {
    const before = this.statusOf(studentId);
    if (before !== status) {
      const mark = { studentId, status, before, seq: null, until: Infinity, undone: null };
      if (before !== null || status !== 'absent') {
        this.#undoable.push(mark);
      }
      this.#send(mark);
    }
  }

  /** Restores the status before the last mark. The server deletes no student from a roll, so one without a status becomes absent. */
  undo() {
    const mark = this.undoable;
    if (mark) {
      this.#undoable.pop();
      this.#send({ ...mark, status: mark.before ?? 'absent', before: mark.status, undone: mark });
    }
  }

  /** Resolves when no mark is to be sent any more. */
  saved() {
    return this.#sending === null ? Promise.resolve()
      : new Promise((resolve) => {
        this.addEventListener('change', () => this.#sending === null && resolve());
      });
  }

  stop() {
    this.#sending?.stop();
    this.#sending = null;
  }

  #wanted(studentId) {
    const marks = this.waiting.filter((mark) => mark.studentId === studentId);
    return marks[marks.length - 1]?.status ?? null;
  }

  #send(mark) {
    this.refused = [];
    this.waiting.push(mark);
    this.#sending ??= new Poll({
      request: () => this.#ask(this.waiting[0]),
      taken: (answer) => this.#take(answer),
      changed: () => this.#changed(),
      pause: () => 0
    });
    if (this.waiting.length === 1) {
      this.#sending.now();
    }
    this.#changed();
  }

  async #ask(mark) {
    try {
      return { mark, row: await this.#api.mark(this.#roll, mark.studentId, mark.status) };
    } catch (problem) {
      return problem.isFinal ? { mark, problem } : Promise.reject(problem);
    }
  }

  #take({ mark, row, problem }) {
    if (ROLL_IS_OVER.includes(problem?.type)) {
      this.stop();
      this.dispatchEvent(new Event('over'));
      return;
    }
    this.waiting.shift();
    if (row) {
      mark.seq = row.seq;
      // Only a change by somebody else makes the earlier marks of this student final.
      this.#undoable.filter(({ studentId, seq }) => studentId === row.studentId && seq !== null)
        .forEach((each) => (each.seq = row.seq));
      this.#students.takeMark(row);
      mark.until = performance.now() + UNDO_MS;
      this.last = mark;
    } else {
      this.#undoable = this.#undoable.filter((each) => each !== mark);
      this.refused = [...this.refused, { ...mark, problem }];
    }
    if (this.waiting.length === 0) {
      this.stop();
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
