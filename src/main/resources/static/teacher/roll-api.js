import * as answers from './answers.js';

const RESPONSE_TIMEOUT_MS = 10_000;
const OUR_TYPE = /^urn:rollcall:([a-z-]+)$/;
const PASSING = ['overloaded', 'store-unavailable', 'issuer-unavailable', 'internal-error', 'request-timeout', 'too-many-logins'];

/**
 * A request without a usable answer. Only a problem of this server has a type; every other answer can come from another
 * machine, such as a proxy, and proves nothing.
 */
export class Problem extends Error {
  /**
   * @param status the HTTP status, "3xx" for a redirect to another address, 0 if there was no answer
   * @param body the problem of this server, if it sent one
   */
  constructor(status, body = null) {
    super(body?.detail ?? '');
    this.status = status;
    this.body = body ?? {};
    /** The code of the server's problem, such as "no-open-roll"; empty if the answer is not this server's. */
    this.type = OUR_TYPE.exec(this.body.type)?.[1] ?? '';
  }

  /** Whether this server refused the request, and will refuse it again. */
  get isFinal() {
    return this.type !== '' && !PASSING.includes(this.type);
  }

  /** Whether another machine answered. */
  get isForeign() {
    return this.type === '' && this.status !== 0;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (notJson) {
    return null;
  }
}

/**
 * Returns the answer to a request and its JSON, null if it is none. Throws a Problem if the whole answer does not come in
 * time: some proxies keep a connection open and never answer.
 */
export async function fetchJson(path, options = {}) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), RESPONSE_TIMEOUT_MS);
  try {
    const response = await fetch(path, { ...options, signal: late.signal });
    return { response, body: parse(await response.text()) };
  } catch (unanswered) {
    throw new Problem(0);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The requests of the dashboard. Each throws a Problem if it fails. Here, and only here, is decided whether an answer is
 * this server's: it is a problem with one of its types, or JSON with the members that were asked for.
 */
export class RollApi {
  #language;

  /**
   * The server's time minus the browser's time, in milliseconds. 0 if they differ by 2 s or less: the header Date has whole
   * seconds only.
   */
  clockOffset = 0;

  constructor(language) {
    this.#language = language;
  }

  /** @param options {lateAfter, endsAfter, code}, of which each may be missing; null for none of them */
  start(classId, options) {
    return this.#ask('POST', `classes/${classId}/roll`, answers.isStarted(classId), {}, options);
  }

  /** Changes this roll and no other: {lateAfter, endsAfter, code}, null clears one. Returns the roll without its students. */
  change(roll, options) {
    return this.#ask('PATCH', `classes/${roll.classId}/roll`, answers.isState(roll), RollApi.#only(roll), options);
  }

  /** The codes to show now and next, or null if no roll is open or the open one asks for none. */
  codes(classId) {
    return this.#askOrNull('GET', `classes/${classId}/roll/code`, answers.areCodes, ['no-code', 'no-open-roll']);
  }

  /** Makes an address that shows the open roll without a login: {url, token}. */
  makeProjector(classId) {
    return this.#ask('POST', `classes/${classId}/roll/projector`, answers.isProjector);
  }

  /** Closes all such addresses of the open roll. */
  async closeProjectors(classId) {
    await this.#askOrNull('DELETE', `classes/${classId}/roll/projector`, answers.isNothing, ['no-open-roll']);
  }

  /** Gives a student of this roll, and of no other, a status. Returns the student's row. Repeated, it changes nothing. */
  mark(roll, studentId, status) {
    const path = `classes/${roll.classId}/roll/students/${encodeURIComponent(studentId)}`;
    return this.#ask('PUT', path, answers.isMark(studentId), RollApi.#only(roll), { status });
  }

  /** Returns the open roll with its presences whose seq is greater than after, or null if no roll is open. */
  read(classId, after = 0) {
    return this.#askOrNull('GET', `classes/${classId}/roll?after=${after}`, answers.isRoll(classId), ['no-open-roll']);
  }

  /** Ends this roll and no other. Repeated, it returns the same sheet while the server keeps it. */
  end(roll) {
    return this.#ask('DELETE', `classes/${roll.classId}/roll`, answers.isSheet(roll.rollId), RollApi.#only(roll));
  }

  /** Returns the sheet of an ended roll, or null if the server does not keep it. Changes nothing. */
  sheet(rollId) {
    return this.#askOrNull('GET', `sheets/${rollId}`, answers.isSheet(rollId), ['sheet-not-kept']);
  }

  openRolls() {
    return this.#ask('GET', 'classes', answers.areOpenRolls);
  }

  /** The sheets that the server keeps, those that wait first. */
  sheets() {
    return this.#ask('GET', 'sheets', answers.areKeptSheets);
  }

  /** Records a student, like the student's own request. Repeated, it returns the first answer. The code may be missing. */
  record(classId, studentId, code) {
    return this.#ask('POST', `classes/${classId}/presence`, answers.isReceipt(classId, studentId), {}, { studentId, code });
  }

  /** The login of this browser: {name, canLogOut}. */
  session() {
    return this.#ask('GET', 'teacher/session', answers.isSession);
  }

  /** The addresses of the student's page for phones: {candidates: [{url, adapter, reachable}]}, the best one first. */
  address() {
    return this.#ask('GET', 'teacher/address', answers.isAddress);
  }

  /** The header that binds a request to one roll. */
  static #only({ rollId }) {
    return { 'If-Match': `"${rollId}"` };
  }

  /** Like {@link #ask}; returns null if the server answers with a problem of one of these types. */
  async #askOrNull(method, path, isOurs, types) {
    try {
      return await this.#ask(method, path, isOurs);
    } catch (problem) {
      if (types.includes(problem.type)) {
        return null;
      }
      throw problem;
    }
  }

  /** @param isOurs tells whether the JSON of an answer has the members that this request asks for */
  async #ask(method, path, isOurs, headers = {}, json = null) {
    const response = await this.#send(method, path, headers, json);
    const { body, status } = response;
    if (response.ok && (response.type === 'application/json' || status === 204) && isOurs(body)) {
      this.#compareClocks(response.date);
      return body;
    }
    const isProblem = response.type === 'application/problem+json' && body?.status === status && OUR_TYPE.test(body.type);
    const problem = new Problem(status, isProblem ? body : null);
    if (problem.type === 'unauthorized') {
      window.dispatchEvent(new Event('rollcall-unauthorized'));
    }
    throw problem;
  }

  async #send(method, path, headers, json) {
    const { response, body } = await fetchJson(path, {
      method,
      headers: {
        Accept: 'application/json, application/problem+json',
        'Accept-Language': this.#language,
        ...(json && { 'Content-Type': 'application/json' }),
        ...headers
      },
      body: json && JSON.stringify(json),
      cache: 'no-store',
      redirect: 'manual'
    });
    return {
      ok: response.ok,
      status: response.type === 'opaqueredirect' ? '3xx' : response.status,
      type: (response.headers.get('Content-Type') ?? '').split(';')[0].trim().toLowerCase(),
      date: response.headers.get('Date'),
      body
    };
  }

  #compareClocks(date) {
    const offset = Date.parse(date) - Date.now();
    this.clockOffset = Math.abs(offset) > 2000 ? offset : 0;
  }
}
