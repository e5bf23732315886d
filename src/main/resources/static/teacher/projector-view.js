import { RollFollower } from './roll-follower.js';
import { View } from './view.js';

const POLL_EVERY_MS = 3_000;

/** The view for the class: the address, its QR code and the count. It shows no student id. */
export class ProjectorView extends View {
  #classId;
  #follower = null;
  #timer = null;
  #closed = false;

  constructor(app, classId) {
    super(app, 'projector');
    this.#classId = classId;
    this.find('class').textContent = classId;
    this.find('back').href = `#${classId}`;
    this.find('full-screen').hidden = !document.fullscreenEnabled;
    this.find('full-screen').addEventListener('click', () => this.#toggleFullScreen());
    this.showConnection({ state: 'connecting', since: new Date() });
    this.#showQr();
    this.#poll();
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
  }

  closed() {
    super.closed();
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#follower?.close();
    document.body.classList.remove('projecting');
  }

  paint() {
    this.showCount(this.#follower?.presences.length ?? 0);
    if (this.#follower) {
      const end = this.#follower.ended?.at ? Date.parse(this.#follower.ended.at) : Date.now() + this.app.api.clockOffset;
      if (!this.#follower.ended || this.#follower.ended.at) {
        this.text('clock', this.language.duration(end - Date.parse(this.#follower.roll.startedAt)));
      }
    }
  }

  /** Reads until the class has an open roll, also after the end of the last one. */
  async #poll() {
    let roll = null;
    try {
      roll = await this.app.api.read(this.#classId);
      if (!roll && !this.#follower) {
        this.#setOpen(false, 'projector.notOpen');
      }
      this.showConnection({ state: 'live', since: new Date() });
    } catch (problem) {
      if (this.find('connection').dataset.state !== 'reconnecting') {
        this.showConnection({ state: 'reconnecting', since: new Date() });
      }
    }
    if (this.#closed) {
      return;
    }
    if (roll) {
      this.#follow(roll);
    } else {
      this.#timer = setTimeout(() => this.#poll(), POLL_EVERY_MS);
    }
  }

  #follow(roll) {
    this.#setOpen(true);
    this.#follower = new RollFollower(this.app.api, roll);
    this.#follower.addEventListener('change', this.repaint);
    this.#follower.addEventListener('connection', (event) => this.showConnection(event.target.connection));
    this.#follower.addEventListener('ended', () => {
      this.#setOpen(false, 'projector.closed');
      this.repaint();
      this.#timer = setTimeout(() => this.#poll(), POLL_EVERY_MS);
    });
    this.#follower.open();
    this.repaint();
  }

  #setOpen(open, why) {
    this.root.classList.toggle('not-open', !open);
    this.text('closed', open ? '' : this.language.text(why));
  }

  async #showQr() {
    const address = await this.showAddress(this.#classId);
    const [, scheme, rest] = address.match(/^(https?:\/\/)(.*)$/);
    const parts = [Object.assign(document.createElement('span'), { className: 'scheme', textContent: scheme })];
    for (const piece of rest.split(/(?<=[/.])/)) {
      parts.push(piece, document.createElement('wbr'));
    }
    this.find('address').replaceChildren(...parts);
    this.find('address').style.setProperty('--letters', address.length);
    this.find('qr').alt = this.language.text('projector.qr', { address });
    this.find('qr').src = `teacher/qr/${this.#classId}.svg`;
  }

  #toggleFullScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      document.documentElement.requestFullscreen();
    }
  }
}
