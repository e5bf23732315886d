import { Remembered } from './storage.js';

/** The tones of each result: [frequency in Hz, start and length in seconds, form of the wave]. */
const TONES = {
  recorded: [[1046, 0, 0.12, 'sine']],
  before: [[523, 0, 0.09, 'sine'], [523, 0.15, 0.09, 'sine']],
  refused: [[196, 0, 0.18, 'square'], [147, 0.22, 0.4, 'square']],
  waiting: [[330, 0, 0.12, 'sine']]
};

/** A sound for each result. Browsers allow sound only after a key or a click. */
export class ScanSound {
  #remembered = new Remembered('scan.muted');
  #context = null;

  constructor() {
    this.isMuted = this.#remembered.value === true;
  }

  /** Whether the browser still waits for a key or a click. */
  get isBlocked() {
    return this.#context?.state === 'suspended';
  }

  mute(isMuted) {
    this.isMuted = isMuted;
    this.#remembered.value = isMuted || null;
  }

  /** Starts the sound. Called at a key or a click. */
  start() {
    this.#context ??= window.AudioContext ? new AudioContext() : null;
    if (this.isBlocked) {
      this.#context.resume();
    }
  }

  play(result) {
    this.start();
    if (this.isMuted || !this.#context) {
      return;
    }
    for (const [frequency, start, length, type] of TONES[result]) {
      const oscillator = new OscillatorNode(this.#context, { frequency, type });
      const loudness = new GainNode(this.#context, { gain: type === 'square' ? 0.15 : 0.4 });
      oscillator.connect(loudness).connect(this.#context.destination);
      oscillator.start(this.#context.currentTime + start);
      oscillator.stop(this.#context.currentTime + start + length);
    }
  }

  close() {
    this.#context?.close();
  }
}
