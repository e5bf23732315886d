import { Roster } from './roster.js';
import { Remembered } from './storage.js';

const KEY = /^rollcall\.roster\.(?<classId>[0-9]+)$/;

/**
 * The rosters of the classes. They are in this browser only: nothing here or in its users sends them. Fires "change" when a
 * roster, or whether names are shown, has changed, also in another window of this browser.
 */
export class Rosters extends EventTarget {
  /** By class id: {roster, remembered}, the roster null if there is none. */
  #held = new Map();
  #hidden = new Remembered('names.hidden');

  constructor() {
    super();
    window.addEventListener('storage', ({ key }) => this.#changedElsewhere(key));
  }

  /** The roster of a class, null if there is none. */
  of(classId) {
    return this.#entry(classId).roster;
  }

  /** The name of a student in the roster of a class; empty if it is not known or names are hidden. */
  nameOf(classId, studentId) {
    return this.namesHidden ? '' : this.of(classId)?.match(studentId)?.name ?? '';
  }

  /** Whether names are hidden, because students see this screen. */
  get namesHidden() {
    return this.#hidden.value === true;
  }

  set namesHidden(hidden) {
    this.#hidden.value = hidden || null;
    this.#changed();
  }

  /** Whether the roster of a class outlives this page. */
  isKept(classId) {
    const { roster, remembered } = this.#entry(classId);
    return roster !== null && remembered.value !== null && remembered.isStored;
  }

  /** @param keep whether this browser keeps the roster when the page is closed */
  use(classId, roster, keep) {
    const { remembered } = this.#entry(classId);
    remembered.value = keep ? roster.students : null;
    this.#held.set(String(classId), { roster, remembered });
    this.#changed();
  }

  forget(classId) {
    const { remembered } = this.#entry(classId);
    remembered.value = null;
    this.#held.set(String(classId), { roster: null, remembered });
    this.#changed();
  }

  #entry(classId) {
    const key = String(classId);
    if (!this.#held.has(key)) {
      const remembered = new Remembered(`roster.${key}`);
      this.#held.set(key, { roster: Rosters.#read(remembered.value), remembered });
    }
    return this.#held.get(key);
  }

  /** What another version of this page has stored is no roster. */
  static #read(students) {
    const isRoster = Array.isArray(students) && students.length > 0
      && students.every((each) => [each?.id, each?.name, each?.surname].every((text) => typeof text === 'string'));
    return isRoster ? new Roster(students) : null;
  }

  #changedElsewhere(key) {
    this.#held.delete(KEY.exec(key ?? '')?.groups.classId);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
