/** The button that hides the names of the students while others see the screen, and shows them again. */
export class NamesButton {
  #view;
  #rosters;
  #classId;

  constructor(view, classId) {
    this.#view = view;
    this.#rosters = view.app.rosters;
    this.#classId = classId;
    view.find('names').addEventListener('click', () => (this.#rosters.namesHidden = !this.#rosters.namesHidden));
  }

  draw() {
    this.#view.find('names').hidden = !this.#rosters.of(this.#classId)?.hasNames;
    this.#view.text('names', this.#view.language.text(this.#rosters.namesHidden ? 'roster.show' : 'roster.hide'));
  }
}
