import { Poll } from './poll.js';

/** Says that a sheet waits to be handed over. Only the teacher's click on "Collect" hands it over. */
export class SheetCollecting {
  #view;
  #roll;
  /** The Poll that collects the sheet, null if none is under way. */
  #collecting = null;
  #collected;
  #refused = null;

  /** @param collected called when the server has handed the sheet over */
  constructor(view, roll, collected) {
    this.#view = view;
    this.#roll = roll;
    this.#collected = collected;
    view.find('collect').addEventListener('click', () => this.#collect());
  }

  stop() {
    this.#collecting?.stop();
    this.#collecting = null;
  }

  /** @param kept the entry of the sheet in the list of sheets, if the server keeps it */
  draw(kept) {
    const { language } = this.#view;
    const { taken = true, keptUntil } = kept ?? {};
    this.#view.find('collecting').hidden = taken;
    this.#view.text('waits', taken ? '' : language.text('collecting.waits', { time: language.moment(keptUntil) }));
    this.#view.text('collect', language.text(this.#collecting ? 'collecting.asking' : 'collecting.collect'));
    this.#view.text('collect-trouble', this.#view.tryingAgain(this.#collecting?.trouble)
      || (this.#refused ? this.#view.explain(this.#refused) : ''));
  }

  /** Repeats the request until this server has answered. It names the roll, which has ended: it can end no other one. */
  #collect() {
    this.#refused = null;
    this.#collecting ??= new Poll({
      request: () => this.#ask(),
      taken: (refused) => {
        this.stop();
        this.#refused = refused;
        this.#collected();
      },
      changed: this.#view.repaint
    });
    this.#collecting.now();
    this.#view.draw();
  }

  async #ask() {
    try {
      await this.#view.app.api.end(this.#roll);
      return null;
    } catch (problem) {
      return problem.isFinal ? problem : Promise.reject(problem);
    }
  }
}
