import { AddressBoard } from './address-board.js';
import { CodeBoard } from './code-board.js';
import { Poll } from './poll.js';
import { RollCodes } from './roll-codes.js';
import { RollFollower } from './roll-follower.js';
import { View } from './view.js';
import { WakeLock } from './wake-lock.js';

/**
 * The view for the class: the address, its QR code, the count, and the code if the roll asks for one; or that no roll is
 * open. It shows no student id.
 */
export class ProjectorView extends View {
  #classId;
  #address;
  #code;
  #codes;
  /** Follows the open roll, or the last one; null if this page has seen none. */
  #follower = null;
  /** Looks for an open roll; null while one is followed. */
  #poll = null;
  /** Whether the server has said if a roll is open. */
  #answered = false;
  #wakeLock = new WakeLock();

  constructor(app, classId) {
    super(app, 'projector');
    this.#classId = classId;
    this.find('class').textContent = classId;
    this.find('class').style.setProperty('--letters', classId.length);
    this.find('back').href = `#${classId}`;
    this.find('full-screen').hidden = !document.fullscreenEnabled;
    this.find('full-screen').addEventListener('click', () => this.#toggleFullScreen());
    this.#address = new AddressBoard(this, classId);
    this.#code = new CodeBoard(this);
    this.#codes = new RollCodes(app.api, classId);
    // Not in the next frame: a hidden page has none, and would show an old code when it is visible again.
    this.#codes.addEventListener('change', () => this.draw());
    this.#lookForRoll();
    this.repaintEverySecond();
  }

  get title() {
    return this.language.text('roll.title', { class: this.#classId });
  }

  translated() {
    return new ProjectorView(this.app, this.#classId);
  }

  shown() {
    document.body.classList.add('projecting');
    super.shown();
    this.#wakeLock.hold();
  }

  closed() {
    super.closed();
    this.#poll?.stop();
    this.#follower?.close();
    this.#codes.close();
    this.#wakeLock.release();
    document.body.classList.remove('projecting');
  }

  draw() {
    const isOpen = this.#follower !== null && this.#follower.ended === null;
    this.root.classList.toggle('not-open', !isOpen);
    for (const part of this.root.querySelectorAll('[data-when-open]')) {
      part.hidden = !isOpen;
    }
    this.find('counter').hidden = this.#follower === null;
    this.showCount(this.#follower?.students.present.length ?? 0);
    this.#drawCode(isOpen && this.#follower.students.code);
    if (isOpen) {
      const now = Date.now() + this.app.api.clockOffset;
      this.text('clock', this.language.duration(now - Date.parse(this.#follower.roll.startedAt)));
      this.#drawTimes(this.#follower.students, now);
      this.text('closed', '');
      this.text('next', '');
      this.find('connection').hidden = false;
      this.showConnection(this.#follower.connection);
    } else {
      this.#drawNotOpen();
    }
  }

  #drawCode(isNeeded) {
    this.#codes.follow(isNeeded);
    this.#code.draw(isNeeded ? this.#codes : null);
    this.#address.draw(isNeeded ? this.#codes.shown?.code ?? '' : null);
  }

  /** Only the time: the date needs too much room, and a roll with a deadline lasts one day at most. */
  #drawTimes({ lateAt, endsAt }, now) {
    const { language } = this;
    this.text('late-from', lateAt ? language.text('times.lateFrom', { time: language.time(lateAt) }) : '');
    this.text('ends-at', endsAt ? language.text('times.endsAt', { time: language.time(endsAt) }) : '');
    this.text('left', endsAt ? language.text('times.left', { time: language.countdown(Date.parse(endsAt) - now) }) : '');
  }

  #drawNotOpen() {
    const { trouble } = this.#poll;
    const state = this.#follower ? 'projector.closed' : this.#answered ? 'projector.notOpen' : 'waiting.reading';
    this.text('closed', this.language.text(state));
    this.text('next', this.#answered ? this.language.text('projector.next') : '');
    this.find('connection').hidden = trouble === null;
    if (trouble) {
      this.showConnection({ state: 'reconnecting', ...trouble });
    }
  }

  #lookForRoll() {
    this.#poll = new Poll({
      request: () => this.app.api.read(this.#classId),
      taken: (roll) => {
        this.#answered = true;
        if (roll) {
          this.#follow(roll);
        }
      },
      changed: this.repaint
    });
    this.#poll.now();
  }

  #follow(roll) {
    this.#poll.stop();
    this.#poll = null;
    this.#follower = new RollFollower(this.app.api, roll);
    this.#follower.addEventListener('change', this.repaint);
    this.#follower.addEventListener('ended', () => {
      this.#lookForRoll();
      this.repaint();
    });
    this.#follower.open();
    this.repaint();
  }

  #toggleFullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      document.documentElement.requestFullscreen();
    }
  }
}
