const BIN_MS = 10_000;
const MIN_BINS = 12;
const HEIGHT = 32;
const WIDTH = 100;

/** Draws the number of arrivals in each ten seconds since the start as one SVG path. */
export class ArrivalChart {
  #svg;
  #start;
  #bins = [];
  #drawn = null;

  constructor(svg, startedAt) {
    this.#svg = svg;
    this.#start = Date.parse(startedAt);
  }

  get peak() {
    return this.#bins.reduce((most, bin) => Math.max(most, bin ?? 0), 0);
  }

  /** Time that the chart covers, in milliseconds. */
  get span() {
    return Math.max(this.#bins.length, MIN_BINS) * BIN_MS;
  }

  /** @param students those who count; another array if one of them changed */
  render(students, now) {
    if (this.#drawn !== students) {
      this.#drawn = students;
      this.#bins = [];
      for (const { time } of students) {
        this.#addBinsUntil(time);
        this.#bins[this.#binOf(time)]++;
      }
    }
    this.#addBinsUntil(now);
    this.#svg.firstElementChild.setAttribute('d', this.#path());
  }

  #binOf(at) {
    return Math.max(0, Math.floor((at - this.#start) / BIN_MS));
  }

  #addBinsUntil(at) {
    while (this.#bins.length <= this.#binOf(at)) {
      this.#bins.push(0);
    }
  }

  #path() {
    const step = WIDTH / Math.max(this.#bins.length, MIN_BINS);
    const gap = Math.min(0.3, step * 0.15);
    const scale = (HEIGHT - 1) / Math.max(this.peak, 4);
    return this.#bins.map((bin, i) => {
      if (bin === 0) {
        return '';
      }
      const left = (i * step + gap).toFixed(2);
      const right = ((i + 1) * step - gap).toFixed(2);
      return `M${left} ${HEIGHT}V${(HEIGHT - bin * scale).toFixed(2)}H${right}V${HEIGHT}Z`;
    }).join('');
  }
}
