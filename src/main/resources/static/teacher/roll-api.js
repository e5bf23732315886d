const ANSWER_TIMEOUT_MS = 12_000;

/** What went wrong with a request; status 0 when there was no answer. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? '');
    this.status = status;
    this.body = body ?? {};
  }

  /** Whether the same request may do better a moment later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The server, as the dashboard needs it. */
export class RollApi {
  #language;

  /** How far the server's clock is ahead of this one, milliseconds; small differences are the header's rounding. */
  clockOffset = 0;

  constructor(language) {
    this.#language = language;
  }

  start(classId) {
    return this.#ask('POST', `classes/${classId}/roll`);
  }

  /** The open roll with the presences after a number, or null if none is open. */
  async read(classId, after = 0) {
    try {
      return await this.#ask('GET', `classes/${classId}/roll?after=${after}`);
    } catch (problem) {
      if (problem.status === 404) {
        return null;
      }
      throw problem;
    }
  }

  /** Ends this roll and no other; asked again, it gives the same sheet while that is kept. */
  end(classId, rollId) {
    return this.#ask('DELETE', `classes/${classId}/roll`, { 'If-Match': `"${rollId}"` });
  }

  openRolls() {
    return this.#ask('GET', 'classes');
  }

  /** Where phones reach the student's page: {url, reachable}. */
  address() {
    return this.#ask('GET', 'teacher/address');
  }

  async #ask(method, path, headers = {}) {
    let response;
    let body;
    try {
      response = await fetch(path, {
        method,
        headers: { Accept: 'application/json, application/problem+json', 'Accept-Language': this.#language, ...headers },
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS)
      });
      body = await response.text();
    } catch (unanswered) {
      throw new Problem(0);
    }
    this.#compareClocks(response);
    if (!response.ok) {
      throw new Problem(response.status, RollApi.#json(body));
    }
    return RollApi.#json(body) ?? Promise.reject(new Problem(0));
  }

  #compareClocks(response) {
    const offset = Date.parse(response.headers.get('Date')) - Date.now();
    this.clockOffset = Math.abs(offset) > 2000 ? offset : 0;
  }

  static #json(text) {
    try {
      return JSON.parse(text);
    } catch (notJson) {
      return null;
    }
  }
}
