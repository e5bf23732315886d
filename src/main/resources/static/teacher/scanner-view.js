import { ScanField } from './scan-field.js';
import { ScanPattern } from './scan-pattern.js';
import { ScanQueue } from './scan-queue.js';
import { ScanSound } from './scan-sound.js';
import { View } from './view.js';
import { WakeLock } from './wake-lock.js';

const ICONS = {
  none: 'M4 5v14M7 5v14M11 5v14M14 5v14M17 5v14M20 5v14',
  recorded: 'M4 13l5 5L20 6',
  before: 'M5 9h14M5 15h14',
  refused: 'M6 6l12 12M18 6L6 18',
  waiting: 'M12 4a8 8 0 1 0 .1 0M12 8v4l3 2'
};

/** Records what a card or bar-code reader types, and shows what became of it. */
export class ScannerView extends View {
  #classId;
  #queue;
  #field = new ScanField(this, (text) => this.#scanned(text));
  #pattern = new ScanPattern();
  #sound = new ScanSound();
  #wakeLock = new WakeLock();
  #isTranslated = false;
  #isLeft = false;
  /** The listeners of what lives longer than this view: [target, type, listener]. */
  #listeners = [
    [document, 'click', () => this.#sound.start()],
    [document, 'keydown', () => this.#sound.start()]
  ];

  constructor(app, classId, queue = new ScanQueue(app, classId)) {
    super(app, 'scanner');
    this.#classId = classId;
    this.#queue = queue;
    this.#listeners.push([queue, 'change', this.repaint], [queue, 'outcome', ({ detail }) => this.#heard(detail)]);
    this.find('back').href = `#${classId}`;
    this.find('pattern').value = this.#pattern.text;
    this.#listen();
    this.repaintEverySecond();
  }

  get title() {
    return this.language.text('scanner.title', { class: this.#classId });
  }

  get loss() {
    return this.#queue.waiting.length > 0 && !this.#isLeft
      ? { title: this.language.text('scanner.leaving'), what: this.#waitingText() } : null;
  }

  leave() {
    this.#isLeft = true;
  }

  translated() {
    this.#isTranslated = true;
    this.#field.handOver();
    return new ScannerView(this.app, this.#classId, this.#queue);
  }

  shown() {
    this.draw();
    this.#listeners.forEach(([target, type, listener]) => target.addEventListener(type, listener));
    this.#field.open();
    this.#wakeLock.hold();
  }

  closed() {
    super.closed();
    this.#field.close();
    this.#listeners.forEach(([target, type, listener]) => target.removeEventListener(type, listener));
    this.#wakeLock.release();
    this.#sound.close();
    if (!this.#isTranslated) {
      this.#queue.close();
    }
  }

  draw() {
    const { outcomes, waiting, leftOver, trouble, roll } = this.#queue;
    this.text('title', this.title);
    this.showConnection(trouble ? { state: 'reconnecting', ...trouble } : { state: this.#state(roll) });
    this.#drawOutcome(trouble && waiting.length > 0 ? { ...waiting[waiting.length - 1], result: 'waiting' } : outcomes[0]);
    this.find('waiting').hidden = waiting.length === 0;
    this.text('waiting', waiting.length > 0 ? this.#waitingText() : '');
    this.find('left-over').hidden = leftOver.length === 0 || roll === undefined;
    this.text('left-text', this.language.text('scanner.leftOver', { ids: leftOver.map(({ id }) => id).join(', ') }));
    this.find('send-left').hidden = !roll;
    this.find('none').hidden = outcomes.length > 0;
    this.find('last').replaceChildren(...outcomes.map((outcome) => this.#line(outcome)));
    this.#drawSound();
    this.#drawPattern();
    this.app.showTitle(this);
  }

  #state(roll) {
    if (roll === undefined) {
      return 'connecting';
    }
    return roll ? 'open' : 'closed';
  }

  #drawOutcome(outcome) {
    const result = outcome?.result ?? 'none';
    this.find('outcome').dataset.result = result;
    this.find('outcome').querySelector('path').setAttribute('d', ICONS[result]);
    this.text('what', this.#result(outcome ?? { result }));
    this.text('id', outcome?.id ?? '');
    this.text('why', outcome ? this.#why(outcome) : '');
  }

  #result({ result, late }) {
    return this.language.text(result === 'recorded' && late ? 'marks.recordedLate' : `scanner.results.${result}`);
  }

  #why({ result, time, at, reason, problem }) {
    if (result === 'refused') {
      return problem ? this.explain(problem)
        : this.language.find(`scanner.reasons.${reason}`) ?? this.language.text('scanner.reasons.other', { reason });
    }
    if (result === 'before') {
      return this.language.text('scanner.at', { time: this.language.moment(at) });
    }
    return result === 'recorded' ? this.language.time(time) : '';
  }

  #line(outcome) {
    const line = document.createElement('li');
    line.dataset.result = outcome.result;
    for (const [name, text] of [['at', this.language.time(outcome.time)], ['id', outcome.id],
      ['result', this.#result(outcome)]]) {
      line.append(Object.assign(document.createElement('span'), { className: name, textContent: text }), ' ');
    }
    return line;
  }

  #waitingText() {
    const { waiting, isStored } = this.#queue;
    return `${this.language.count('scanner.waiting', waiting.length)} ${
      this.language.text(isStored ? 'scanner.keptHere' : 'scanner.keptOpen')}`;
  }

  #drawSound() {
    const { isMuted, isBlocked } = this.#sound;
    this.text('sound', this.language.text(isMuted ? 'scanner.soundOff' : 'scanner.soundOn'));
    this.find('sound').setAttribute('aria-pressed', String(!isMuted));
    this.find('silent').hidden = isMuted || !isBlocked;
  }

  #drawPattern() {
    const tried = this.find('try').value;
    const { id, text, reason } = this.#pattern.cut(tried);
    this.find('pattern').setAttribute('aria-invalid', String(!this.#pattern.isValid));
    this.text('problem', this.#pattern.isValid ? '' : this.language.text('scanner.patternInvalid'));
    this.text('tried', tried === '' ? '' : id ? this.language.text('scanner.tried', { id })
      : `${text}: ${this.language.text(`scanner.reasons.${reason}`)}`);
  }

  #listen() {
    this.find('sound').addEventListener('click', () => {
      this.#sound.mute(!this.#sound.isMuted);
      this.#sound.start();
      this.#field.focus();
    });
    this.find('send-left').addEventListener('click', () => this.#queue.sendLeftOver());
    this.find('drop-left').addEventListener('click', () => this.#queue.dropLeftOver());
    this.find('pattern').addEventListener('input', (event) => {
      this.#pattern.change(event.target.value.trim());
      this.repaint();
    });
    this.find('try').addEventListener('input', this.repaint);
    this.find('done').addEventListener('click', () => {
      this.find('settings').open = false;
      this.#field.focus();
    });
  }

  #scanned(scanned) {
    const { id, text, reason } = this.#pattern.cut(scanned);
    if (id) {
      this.#queue.add(id);
      if (this.#queue.trouble) {
        this.#heard({ result: 'waiting' });
      }
    } else {
      this.#queue.refuse(text, reason);
    }
  }

  #heard({ result }) {
    this.#sound.play(result);
    const shown = this.find('outcome');
    shown.classList.remove('new');
    // The browser starts the animation again only after it has drawn the page without it.
    requestAnimationFrame(() => requestAnimationFrame(() => shown.classList.add('new')));
  }
}
