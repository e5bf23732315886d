import { Poll } from './poll.js';
import { RollCodes } from './roll-codes.js';
import { Remembered } from './storage.js';

const MOST_WAITING = 500;
const SHOWN = 10;
const LOOK_EVERY_MS = 5_000;
const KEPT_MS = 24 * 3_600_000;
/** A presence that is this much older than its scan was recorded before. The header Date has whole seconds. */
const TOLERANCE_MS = 3_000;

const isScan = (scan) => typeof scan?.id === 'string' && typeof scan.scanned === 'number';
const isSame = (one) => (other) => one.id === other.id && one.scanned === other.scanned;

/**
 * Records the scans of one class, one after another and in their order. A scan stays in the list of waiting ones, also over
 * a reload, until this server has answered. After a failure it looks first whether the same roll is still open: a scan never
 * goes to another roll. Dispatches "outcome" for each answered scan, and "change".
 */
export class ScanQueue extends EventTarget {
  /** The scans that are not answered yet: {id, scanned, roll}. */
  waiting = [];

  /** The scans of another roll, which were not sent. */
  leftOver = [];

  /** The last answers, newest first: {id, time, result, at, late, reason}. The result is "recorded", "before" or "refused". */
  outcomes = [];

  /** The id of the open roll; null if none is open; undefined if the server has not said yet. */
  roll = undefined;

  #app;
  #classId;
  #kept;
  /** The scans of this page in the browser's memory. Another window may keep scans of the class there too. */
  #own = [];
  #recorded = new Map();
  #codes;
  #poll;

  constructor(app, classId) {
    super();
    this.#app = app;
    this.#classId = Number(classId);
    this.#kept = new Remembered(`scans.${classId}`);
    this.leftOver = this.#own = this.#stored();
    this.#codes = new RollCodes(app.api, classId);
    this.#poll = new Poll({
      request: () => this.#ask(),
      taken: (answer) => this.#take(answer),
      changed: () => this.#changed(),
      pause: () => (this.waiting.length > 0 ? 0 : LOOK_EVERY_MS)
    });
    this.#poll.now();
  }

  /** {since, problem} while the server does not answer, otherwise null. */
  get trouble() {
    return this.#poll.trouble;
  }

  /** Whether a reload keeps the waiting scans. */
  get isStored() {
    return this.#kept.isStored;
  }

  close() {
    this.#poll.stop();
  }

  add(id) {
    if (this.waiting.length >= MOST_WAITING) {
      this.refuse(id, 'tooMany');
      return;
    }
    this.waiting.push({ id, scanned: Date.now(), roll: this.roll ?? null });
    this.#changed();
    this.#poll.now();
  }

  /** Adds the outcome of a scan that is not sent. */
  refuse(id, reason) {
    this.#finish({ id, result: 'refused', reason });
  }

  /** Sends the scans of another roll to the open one. */
  sendLeftOver() {
    this.waiting.unshift(...this.leftOver.map((scan) => ({ ...scan, roll: this.roll ?? null })));
    this.dropLeftOver();
    this.#poll.now();
  }

  dropLeftOver() {
    this.leftOver = [];
    this.#changed();
  }

  async #ask() {
    const [scan] = this.waiting;
    if (!scan || !this.roll || this.trouble) {
      const open = await this.#app.api.read(this.#classId, '999999999999999999');
      return { open: open?.rollId ?? null };
    }
    try {
      return await this.#record(scan);
    } catch (problem) {
      return problem.isFinal ? { scan, problem } : Promise.reject(problem);
    }
  }

  /**
   * Sends a scan with the present code, if one is known. If the server wants another code, this fetches it and sends the
   * scan once more: a scan can have waited for longer than a code is accepted.
   */
  async #record(scan) {
    const receipt = await this.#app.api.record(this.#classId, scan.id, this.#codes.shown?.code);
    if (!receipt.reason?.startsWith('code-')) {
      return { scan, receipt };
    }
    await this.#codes.read();
    const { rollId, shown } = this.#codes;
    return rollId === null || rollId === this.roll
      ? { scan, receipt: await this.#app.api.record(this.#classId, scan.id, shown?.code) } : { open: rollId };
  }

  #take({ open, scan, receipt, problem }) {
    if (!scan) {
      this.#takeRoll(open);
      return;
    }
    this.waiting = this.waiting.filter((each) => each !== scan);
    if (problem) {
      this.#finish({ id: scan.id, result: 'refused', problem });
    } else if (receipt.classId === 0) {
      this.#finish({ id: scan.id, result: 'refused', reason: receipt.reason });
    } else {
      const isOld = Date.parse(receipt.at) < scan.scanned + this.#app.api.clockOffset - TOLERANCE_MS;
      const isKnown = this.#recorded.get(scan.id) === receipt.at;
      this.#recorded.set(scan.id, receipt.at);
      this.#finish({ id: scan.id, result: isOld || isKnown ? 'before' : 'recorded', at: receipt.at, late: receipt.late });
    }
  }

  /**
   * Scans that were made before the server named the roll belong to the open one. After a reload, those of the open roll
   * are sent before new ones. Those of another roll are not sent.
   */
  #takeRoll(open) {
    const isFirst = this.roll === undefined;
    this.roll = open;
    const made = this.waiting.map((scan) => ({ ...scan, roll: scan.roll ?? open }));
    const scans = isFirst ? [...this.leftOver, ...made] : made;
    const refused = made.filter(({ roll }) => roll === null);
    this.waiting = open ? scans.filter(({ roll }) => roll === open) : [];
    const others = scans.filter((scan) => !this.waiting.includes(scan) && !refused.includes(scan));
    this.leftOver = isFirst ? others : [...this.leftOver, ...others];
    refused.forEach(({ id }) => this.refuse(id, 'no-open-roll'));
  }

  #finish(outcome) {
    this.outcomes = [{ ...outcome, time: new Date() }, ...this.outcomes].slice(0, SHOWN);
    this.#changed();
    this.dispatchEvent(new CustomEvent('outcome', { detail: this.outcomes[0] }));
  }

  #changed() {
    const own = [...this.leftOver, ...this.waiting];
    const kept = [...this.#stored().filter((scan) => !this.#own.some(isSame(scan)) && !own.some(isSame(scan))), ...own];
    this.#own = own;
    this.#kept.value = kept.length > 0 ? kept : null;
    this.dispatchEvent(new Event('change'));
  }

  #stored() {
    const kept = this.#kept.value;
    return (Array.isArray(kept) ? kept : []).filter((scan) => isScan(scan) && scan.scanned > Date.now() - KEPT_MS);
  }
}
