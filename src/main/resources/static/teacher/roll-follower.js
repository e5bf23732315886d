import { Client, ReconnectionTimeMode } from '@stomp/stompjs';
import { KnownStudents } from './known-students.js';
import { Poll } from './poll.js';
import { Problem } from './roll-api.js';

const READ_EVERY_LIVE_MS = 15_000;
const READ_EVERY_MS = 2_000;
const FIRST_READ_MS = 3_000;
const SILENCE_MS = 5_000;
const SUBSCRIBED = 'subscribed';
const RECEIPT_WITHIN_MS = 3_000;
/**
 * The server sends a heart-beat in this interval; after an event it may take two. The client looks as often, and closes a
 * socket that was silent for longer than the tolerance: after 5 s at the latest.
 */
const INCOMING_HEARTBEAT_MS = 1_250;
const INCOMING_TOLERANCE = 2.9;
/** The server waits three times as long. In a hidden tab a timer may fire only once in a minute. */
const OUTGOING_HEARTBEAT_MS = 30_000;
const FIRST_RECONNECT_MS = 500;
const MAX_RECONNECT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
const JITTER_MS = 1_500;

/**
 * Follows one roll: subscribes, waits for the receipt, reads the roll and merges events by seq. The database is the
 * truth and the topic only announces changes, so it reads again at a gap in seq, after a reconnect and every 15 s; every
 * 2 s while there is no socket. Dispatches "change" (students, times, connection) and "ended".
 */
export class RollFollower extends EventTarget {
  students = new KnownStudents();

  /** Whether the roll has its maximum of students. */
  full = false;

  /** The known facts about the end: at, seq and newRoll, of which each may be missing. Null while the roll is open. */
  ended = null;

  #api;
  #client;
  #poll;
  /** Whether the topic is subscribed and the roll was read after that. */
  #live = false;
  #subscribed = false;
  /** Whether nothing was read since the page was opened or the socket was lost. */
  #connecting = true;
  /** When the server last gave a sign, by a read or over the socket. */
  #heard = Date.now();
  #receiptTimer = null;
  #closed = false;
  #onOnline = () => this.#reconnectNow();
  #onVisible = () => document.visibilityState === 'visible' && this.#reconnectNow();

  /** @param roll the answer to GET of a roll */
  constructor(api, roll) {
    super();
    this.#api = api;
    this.roll = roll;
    this.#client = this.#newClient();
    this.#poll = new Poll({
      request: () => this.#api.read(this.roll.classId, this.students.seq),
      taken: (answer) => this.#takeReading(answer),
      changed: () => this.#dispatch('change'),
      pause: () => (this.#subscribed ? READ_EVERY_LIVE_MS : READ_EVERY_MS)
    });
  }

  /**
   * What is known about the connection: {state, since, problem}. The state is "live" (events arrive), "reading" (no socket,
   * but the server answers reads), "connecting", or "reconnecting" (the server does not answer reads).
   */
  get connection() {
    const { trouble } = this.#poll;
    if (trouble) {
      return { state: 'reconnecting', since: new Date(Math.min(trouble.since, this.#heard)), problem: trouble.problem };
    }
    if (this.#live) {
      return { state: 'live' };
    }
    if (this.#isSilent) {
      return { state: 'reconnecting', since: new Date(this.#heard), problem: new Problem(0) };
    }
    return { state: this.#connecting ? 'connecting' : 'reading' };
  }

  open() {
    this.students.takeReading(this.roll);
    this.#client.activate();
    this.#poll.in(FIRST_READ_MS);
    window.addEventListener('online', this.#onOnline);
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  close() {
    this.#closed = true;
    this.#poll.stop();
    clearTimeout(this.#receiptTimer);
    window.removeEventListener('online', this.#onOnline);
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#client.deactivate();
  }

  #newClient() {
    const socket = new URL('ws', document.baseURI);
    socket.protocol = socket.protocol.replace('http', 'ws');
    let attempts = 0;
    return new Client({
      brokerURL: socket.href,
      heartbeatIncoming: INCOMING_HEARTBEAT_MS,
      heartbeatToleranceMultiplier: INCOMING_TOLERANCE,
      heartbeatOutgoing: OUTGOING_HEARTBEAT_MS,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      discardWebsocketOnCommFailure: true,
      reconnectDelay: FIRST_RECONNECT_MS,
      maxReconnectDelay: MAX_RECONNECT_MS,
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      // Spreads the reconnects of all dashboards after a restart of the server.
      beforeConnect: () => new Promise((go) => setTimeout(go, attempts++ === 0 ? 0 : Math.random() * JITTER_MS)),
      onConnect: () => this.#subscribe(),
      onHeartbeatReceived: () => this.#hear(),
      onWebSocketClose: () => this.#socketClosed()
    });
  }

  #subscribe() {
    this.#hear();
    this.#client.watchForReceipt(SUBSCRIBED, () => this.#catchUp());
    this.#client.subscribe(this.roll.topic, (message) => this.#takeEvent(JSON.parse(message.body)), { receipt: SUBSCRIBED });
    // A server of an older version sends no receipt.
    this.#receiptTimer = setTimeout(() => this.#catchUp(), RECEIPT_WITHIN_MS);
  }

  /** Reads the changes that were made before the subscription took effect. */
  #catchUp() {
    clearTimeout(this.#receiptTimer);
    this.#subscribed = true;
    this.#poll.now();
  }

  #socketClosed() {
    clearTimeout(this.#receiptTimer);
    this.#connecting ||= this.#subscribed;
    this.#subscribed = this.#live = false;
    if (this.#connecting) {
      this.#poll.now();
    }
    this.#dispatch('change');
  }

  get #isSilent() {
    return Date.now() - this.#heard > SILENCE_MS;
  }

  #hear() {
    this.#heard = Date.now();
  }

  #takeEvent(event) {
    this.#hear();
    if (event.rollId !== this.roll.rollId) {
      return;
    }
    if (event.type === 'ended') {
      this.#end({ at: event.at, seq: event.seq });
      return;
    }
    this.students.takeEvent(event);
    if (this.students.hasGap) {
      this.#poll.now();
    }
    this.#dispatch('change');
  }

  #takeReading(roll) {
    if (roll?.rollId !== this.roll.rollId) {
      this.#end({ newRoll: roll });
      return;
    }
    if (this.#isSilent) {
      this.#reconnectNow();
    }
    this.#hear();
    this.full = roll.full === true;
    this.students.takeReading(roll);
    this.#live = this.#subscribed;
    this.#connecting = false;
  }

  #end(how) {
    if (!this.#closed) {
      this.close();
      this.ended = how;
      this.#dispatch('ended');
    }
  }

  /** Does not wait for the next attempt: the network is back, or the teacher looks at the page again. */
  async #reconnectNow() {
    const connecting = this.#client.webSocket?.readyState === WebSocket.CONNECTING;
    if (!this.#client.connected && !connecting) {
      await this.#client.deactivate({ force: true });
      if (!this.#closed) {
        this.#client.activate();
      }
    }
  }

  #dispatch(what) {
    this.dispatchEvent(new Event(what));
  }
}
