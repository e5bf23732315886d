import { NamesButton } from './names-button.js';
import { RosterDialog } from './roster-dialog.js';

/** The class list on the page of a roll: how many of its students are present, which of them are listed, and whether names are shown. */
export class RosterPanel {
  #view;
  #rosters;
  #classId;
  #students;
  #list;
  #dialog;
  #names;

  /**
   * @param view the RollView
   * @param students the ListedStudents of the roll
   * @param list the ArrivalList that shows them
   */
  constructor(view, classId, students, list) {
    this.#view = view;
    this.#rosters = view.app.rosters;
    this.#classId = classId;
    this.#students = students;
    this.#list = list;
    this.#dialog = new RosterDialog(view, classId);
    this.#names = new NamesButton(view, classId);
    this.#rosters.addEventListener('change', this.#changed);
    view.find('roster-open').addEventListener('click', () => this.#dialog.open());
    for (const button of this.#filters) {
      button.addEventListener('click', () => this.#filterBy(button.dataset.filter));
    }
  }

  close() {
    this.#rosters.removeEventListener('change', this.#changed);
    this.#dialog.close();
  }

  draw() {
    const { language } = this.#view;
    const roster = this.#rosters.of(this.#classId);
    const { onRoster, missing, unknown } = this.#students.counts;
    const hasNames = roster?.hasNames === true;
    this.#view.text('on-roster', roster
      ? language.text('roster.of', { present: language.number(onRoster), count: language.number(roster.students.length) }) : '');
    this.#view.find('filters').hidden = roster === null;
    this.#view.text('missing', language.text('roster.missing', { count: language.number(missing) }));
    this.#view.text('unknown', language.text('roster.unknown', { count: language.number(unknown) }));
    this.#names.draw();
    this.#view.find('by-surname').hidden = !hasNames;
    this.#view.text('by-surname', language.text(roster?.hasSurnames ? 'roster.bySurname' : 'roster.byName'));
    this.#view.find('find').placeholder = language.text(this.#searchesNames(hasNames) ? 'roster.find' : 'roll.find');
    this.#view.text('find-label', this.#view.find('find').placeholder);
  }

  #searchesNames(hasNames) {
    return hasNames && !this.#rosters.namesHidden;
  }

  get #filters() {
    return this.#view.root.querySelectorAll('[data-filter]');
  }

  #filterBy(filter) {
    for (const button of this.#filters) {
      button.setAttribute('aria-pressed', button.dataset.filter === filter);
    }
    this.#list.want({ filter });
    this.#view.repaint();
  }

  /** Without a roster there is nothing to filter or to sort by surname. */
  #changed = () => {
    const roster = this.#rosters.of(this.#classId);
    if (roster === null && this.#students.filter !== 'all') {
      this.#filterBy('all');
    }
    if (!roster?.hasNames && this.#students.order === 'surname') {
      this.#view.find('by-id').click();
    }
    this.#dialog.draw();
    this.#view.repaint();
  };
}
