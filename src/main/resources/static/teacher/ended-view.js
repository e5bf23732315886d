import { View } from './view.js';

/** A roll that was ended by another page or program, with a button that shows its sheet. */
export class EndedView extends View {
  #seen;
  #ended;

  /**
   * @param seen the presences that this page received
   * @param ended the known facts about the end: at, count and newRoll, of which each may be missing
   */
  constructor(app, roll, seen, ended) {
    super(app, 'ended');
    this.roll = roll;
    this.#seen = seen;
    this.#ended = ended;
    this.find('class').textContent = this.language.text('roll.title', { class: roll.classId });
    this.find('where').textContent = ended.at
      ? this.language.text('ended.at', { time: this.language.time(ended.at) })
      : this.language.text('ended.elsewhere');
    this.find('show-sheet').addEventListener('click', () => this.#showSheet());
    if (ended.newRoll) {
      this.find('new-roll-text').textContent = this.language.text('ended.newRoll', { class: roll.classId });
      this.find('show-roll').href = `#${roll.classId}`;
      this.find('show-roll').addEventListener('click', () => app.go(`#${roll.classId}`));
      this.find('new-roll').hidden = false;
    }
  }

  get title() {
    return this.language.text('ended.title');
  }

  translated() {
    return new EndedView(this.app, this.roll, this.#seen, this.#ended);
  }

  async #showSheet() {
    this.find('show-sheet').disabled = true;
    this.text('problem', '');
    try {
      this.app.showSheet(await this.app.api.end(this.roll.classId, this.roll.rollId));
    } catch (problem) {
      if (problem.status === 404 || problem.status === 412) {
        this.app.showSheet(this.#sheetOfSeen());
        return;
      }
      this.find('show-sheet').disabled = false;
      this.text('problem', this.explain(problem));
    }
  }

  #sheetOfSeen() {
    const { classId, rollId, startedAt } = this.roll;
    const { at = null, count = this.#seen.length } = this.#ended;
    return {
      classId, rollId, startedAt, endedAt: at, presences: this.#seen, gone: true, unseen: count - this.#seen.length
    };
  }
}
