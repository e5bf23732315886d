import { Client, ReconnectionTimeMode } from '@stomp/stompjs';

const READ_EVERY_MS = 15_000;
const READ_AGAIN_MS = 2_000;
const SUBSCRIBED = 'subscribed';
const RECEIPT_WITHIN_MS = 3_000;
const HEARTBEAT_MS = 5_000;
const FIRST_RECONNECT_MS = 500;
const SLOWEST_RECONNECT_MS = 8_000;
const CONNECT_TIMEOUT_MS = 8_000;
const JITTER_MS = 1_500;

/**
 * Follows one roll: subscribes, waits for the receipt, reads, merges by number, and reads again whenever something could
 * have been missed: the database is the truth, the topic only announces changes. Dispatches "change" (presences),
 * "connection" and "ended".
 */
export class RollFollower extends EventTarget {
  /** Those recorded, in order of arrival; the one with number n is at index n - 1. */
  presences = [];

  /** Whether the server takes no further student for the roll. */
  full = false;

  /** {state: "connecting" | "live" | "reconnecting", since}. */
  connection = { state: 'connecting', since: new Date() };

  /** How the roll ended, as far as it is known: at, count, newRoll; null while it is open. */
  ended = null;

  /** Why the server does not let this page read; null if it does. */
  refused = null;

  #api;
  #client;
  #early = new Map();
  #reading = false;
  #readAgain = false;
  #subscribed = false;
  #timer = null;
  #receiptTimer = null;
  #closed = false;
  #wake = () => this.#reconnectNow();

  /** @param roll the answer of POST or GET of a roll: classId, rollId, startedAt, topic, and the presences of GET */
  constructor(api, roll) {
    super();
    this.#api = api;
    this.roll = roll;
    this.#client = this.#newClient();
  }

  open() {
    this.#take(this.roll.presences ?? []);
    this.#client.activate();
    this.#readIn(RECEIPT_WITHIN_MS);
    window.addEventListener('online', this.#wake);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#receiptTimer);
    window.removeEventListener('online', this.#wake);
    this.#client.deactivate();
  }

  /** Reads what is missing from the store; one reading at a time. */
  async read() {
    if (this.#closed || this.#reading) {
      this.#readAgain = this.#reading;
      return;
    }
    this.#reading = true;
    this.#readAgain = false;
    let pause = READ_EVERY_MS;
    try {
      this.#takeReading(await this.#api.read(this.roll.classId, this.presences.length));
    } catch (problem) {
      this.refused = problem.passing ? null : problem;
      this.#lost();
      pause = READ_AGAIN_MS + Math.random() * JITTER_MS;
    }
    this.#reading = false;
    this.#readIn(this.#readAgain ? 0 : pause);
  }

  #newClient() {
    const socket = new URL('ws', document.baseURI);
    socket.protocol = socket.protocol.replace('http', 'ws');
    let attempts = 0;
    return new Client({
      brokerURL: socket.href,
      heartbeatIncoming: HEARTBEAT_MS,
      heartbeatOutgoing: HEARTBEAT_MS,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      discardWebsocketOnCommFailure: true,
      reconnectDelay: FIRST_RECONNECT_MS,
      maxReconnectDelay: SLOWEST_RECONNECT_MS,
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      // A server that restarts must not be met by every dashboard in the same instant.
      beforeConnect: () => new Promise((go) => setTimeout(go, attempts++ === 0 ? 0 : Math.random() * JITTER_MS)),
      onConnect: () => this.#subscribe(),
      onWebSocketClose: () => {
        const wasSubscribed = this.#subscribed;
        clearTimeout(this.#receiptTimer);
        this.#subscribed = false;
        this.#lost();
        if (!wasSubscribed) {
          // No WebSocket passes, or the roll has ended and its topic is refused.
          this.read();
        }
      }
    });
  }

  #subscribe() {
    this.#client.watchForReceipt(SUBSCRIBED, () => this.#catchUp());
    this.#client.subscribe(this.roll.topic, (message) => this.#takeEvent(JSON.parse(message.body)), { receipt: SUBSCRIBED });
    // A server of an older version sends no receipt.
    this.#receiptTimer = setTimeout(() => this.#catchUp(), RECEIPT_WITHIN_MS);
  }

  /** Reads what came before the subscription took effect. */
  #catchUp() {
    clearTimeout(this.#receiptTimer);
    this.#subscribed = true;
    this.read();
  }

  #takeEvent(event) {
    if (event.rollId !== this.roll.rollId) {
      return;
    }
    if (event.type === 'ended') {
      this.#end({ at: event.at, count: event.seq });
    } else if (event.type === 'presence') {
      this.#take([event]);
      if (this.#early.size > 0) {
        this.read();
      }
    }
  }

  #takeReading(roll) {
    if (this.#closed) {
      return;
    }
    if (roll?.rollId !== this.roll.rollId) {
      this.#end({ newRoll: roll });
      return;
    }
    this.refused = null;
    this.#take(roll.presences);
    if (this.full !== (roll.full === true)) {
      this.full = !this.full;
      this.#tell('change');
    }
    if (this.#subscribed) {
      this.#connectionIs('live');
    }
  }

  /** Merges by number: what is known already is passed over, what comes early waits for its turn. */
  #take(presences) {
    const before = this.presences.length;
    for (const { seq, studentId, at } of presences) {
      if (seq > this.presences.length) {
        this.#early.set(seq, { seq, studentId, at });
      }
      let next;
      while ((next = this.#early.get(this.presences.length + 1))) {
        this.#early.delete(next.seq);
        this.presences.push(next);
      }
    }
    if (this.presences.length > before) {
      for (const seq of this.#early.keys()) {
        if (seq <= this.presences.length) {
          this.#early.delete(seq);
        }
      }
      this.#tell('change');
    }
  }

  #end(how) {
    if (!this.#closed) {
      this.close();
      this.ended = how;
      this.#tell('ended');
    }
  }

  #lost() {
    if (!this.#closed) {
      this.#connectionIs('reconnecting');
    }
  }

  #connectionIs(state) {
    if (this.connection.state !== state) {
      this.connection = { state, since: new Date() };
      this.#tell('connection');
    }
  }

  async #reconnectNow() {
    if (!this.#subscribed) {
      await this.#client.deactivate({ force: true });
      if (!this.#closed) {
        this.#client.activate();
      }
    }
    this.read();
  }

  #readIn(milliseconds) {
    clearTimeout(this.#timer);
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.read(), milliseconds);
    }
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
