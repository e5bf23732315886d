const RESPONSE_TIMEOUT_MS = 12_000;

/** A failed request. Its status is 0 if there was no answer. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? '');
    this.status = status;
    this.body = body ?? {};
  }

  /** Whether the same request may succeed later. */
  get isTransient() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The requests of the dashboard. Each throws a Problem if it fails. */
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

  start(classId) {
    return this.#send('POST', `classes/${classId}/roll`);
  }

  /** Returns the open roll with its presences whose seq is greater than after, or null if no roll is open. */
  async read(classId, after = 0) {
    try {
      return await this.#send('GET', `classes/${classId}/roll?after=${after}`);
    } catch (problem) {
      if (problem.status === 404) {
        return null;
      }
      throw problem;
    }
  }

  /** Ends this roll and no other. Repeated, it returns the same sheet while the server keeps it. */
  end(classId, rollId) {
    return this.#send('DELETE', `classes/${classId}/roll`, { 'If-Match': `"${rollId}"` });
  }

  openRolls() {
    return this.#send('GET', 'classes');
  }

  /** The address of the student's page for phones: {url, reachable}. */
  address() {
    return this.#send('GET', 'teacher/address');
  }

  async #send(method, path, headers = {}) {
    let response;
    let body;
    try {
      response = await fetch(path, {
        method,
        headers: { Accept: 'application/json, application/problem+json', 'Accept-Language': this.#language, ...headers },
        cache: 'no-store',
        signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS)
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
