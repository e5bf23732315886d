import { Client, ReconnectionTimeMode } from '@stomp/stompjs';

const READ_EVERY_MS = 15_000;
const READ_AGAIN_MS = 2_000;
const SUBSCRIBED = 'subscribed';
const RECEIPT_WITHIN_MS = 3_000;
const HEARTBEAT_MS = 5_000;
const FIRST_RECONNECT_MS = 500;
const MAX_RECONNECT_MS = 8_000;
const CONNECT_TIMEOUT_MS = 8_000;
const JITTER_MS = 1_500;

/**
 * Follows one roll: subscribes, waits for the receipt, reads the roll and merges events by seq. The database is the
 * truth and the topic only announces changes, so it reads again at a gap in seq, after a reconnect and every 15 s.
 * Dispatches "change" (presences), "connection" and "ended".
 */
export class RollFollower extends EventTarget {
  /** The presences by seq: the one with seq n is at index n - 1. */
  presences = [];

  /** Whether the roll has its maximum of students. */
  full = false;

  /** {state: "connecting" | "live" | "reconnecting", since}. */
  connection = { state: 'connecting', since: new Date() };

  /** The known facts about the end: at, count and newRoll, of which each may be missing. Null while the roll is open. */
  ended = null;

  /** The Problem with which the server refused the last read; null if the read succeeded or may succeed later. */
  refused = null;

  #api;
  #client;
  /** Presences, by seq, that arrived before the one with the previous seq. */
  #early = new Map();
  #reading = false;
  #readAgain = false;
  #subscribed = false;
  #timer = null;
  #receiptTimer = null;
  #closed = false;
  #onOnline = () => this.#reconnectNow();

  /** @param roll the response to POST or GET of a roll: classId, rollId, startedAt, topic, and presences after GET */
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
    window.addEventListener('online', this.#onOnline);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#receiptTimer);
    window.removeEventListener('online', this.#onOnline);
    this.#client.deactivate();
  }

  /** Reads the missing presences from the server, one request at a time. */
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
      this.refused = problem.isTransient ? null : problem;
      this.#connectionLost();
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
      maxReconnectDelay: MAX_RECONNECT_MS,
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      // Spreads the reconnects of all dashboards after a restart of the server.
      beforeConnect: () => new Promise((go) => setTimeout(go, attempts++ === 0 ? 0 : Math.random() * JITTER_MS)),
      onConnect: () => this.#subscribe(),
      onWebSocketClose: () => {
        const wasSubscribed = this.#subscribed;
        clearTimeout(this.#receiptTimer);
        this.#subscribed = false;
        this.#connectionLost();
        if (!wasSubscribed) {
          // WebSockets are blocked, or the roll has ended and its topic is refused.
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

  /** Reads the presences that were recorded before the subscription took effect. */
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
      this.#dispatch('change');
    }
    if (this.#subscribed) {
      this.#setConnection('live');
    }
  }

  /** Merges presences by seq: ignores known ones, and keeps early ones until the gap before them is filled. */
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
      this.#dispatch('change');
    }
  }

  #end(how) {
    if (!this.#closed) {
      this.close();
      this.ended = how;
      this.#dispatch('ended');
    }
  }

  #connectionLost() {
    if (!this.#closed) {
      this.#setConnection('reconnecting');
    }
  }

  #setConnection(state) {
    if (this.connection.state !== state) {
      this.connection = { state, since: new Date() };
      this.#dispatch('connection');
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

  #dispatch(what) {
    this.dispatchEvent(new Event(what));
  }
}
