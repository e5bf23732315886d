import { Roster } from './roster.js';
import { RosterPreview } from './roster-preview.js';
import { RosterTable } from './roster-table.js';
import { RosterText } from './roster-text.js';
import { View } from './view.js';

/** Reads the class list from a file or from the clipboard, shows what it found, and forgets it. */
export class RosterDialog {
  #view;
  #rosters;
  #classId;
  #dialog;
  #preview;
  /** The last file: an earlier one that is read more slowly has no use. */
  #file = null;

  constructor(view, classId) {
    this.#view = view;
    this.#rosters = view.app.rosters;
    this.#classId = classId;
    this.#dialog = View.copy('roster', view.language);
    this.#preview = new RosterPreview(this.#find('preview'), view.language, () => this.#drawUse());
    view.root.append(this.#dialog);
    this.#listen();
  }

  open() {
    if (!this.#dialog.open) {
      this.#reset();
      this.#dialog.showModal();
    }
  }

  /** The view with this dialog is left. */
  close() {
    window.removeEventListener('drop', this.#dropped);
  }

  /** @param file a Blob */
  async #read(file) {
    this.#reset();
    this.#file = file;
    try {
      const { text, encoding } = await RosterText.of(file);
      const table = new RosterTable(text);
      if (this.#file === file) {
        this.#preview.show(table, encoding);
        this.#find('preview').hidden = this.#find('use').hidden = false;
        this.#find('choosing').hidden = true;
        this.draw();
        this.#drawUse();
        this.#find('preview-title').focus();
      }
    } catch (refusal) {
      if (this.#file === file) {
        this.#say(refusal);
      }
    }
  }

  draw() {
    const { language } = this.#view;
    const roster = this.#rosters.of(this.#classId);
    this.#text('title', language.text('roster.title', { class: this.#classId }));
    this.#text('loaded', roster ? language.count('roster.students', roster.students.length) : '');
    this.#text('kept', roster ? language.text(this.#rosters.isKept(this.#classId) ? 'roster.kept' : 'roster.notKept') : '');
    this.#text('choose', language.text(roster ? 'roster.chooseOther' : 'roster.choose'));
    this.#text('keep-text', language.text('roster.keep', { class: this.#classId }));
    this.#find('forget').hidden = roster === null;
    this.#find('keeping').hidden = roster === null && this.#find('preview').hidden;
    if (this.#find('preview').hidden) {
      this.#find('keep').checked = this.#rosters.isKept(this.#classId);
    }
  }

  #listen() {
    const file = this.#find('file');
    this.#find('choose').addEventListener('click', () => file.click());
    file.addEventListener('change', () => file.files.length > 0 && this.#read(file.files[0]));
    this.#find('paste').addEventListener('paste', (event) => {
      event.preventDefault();
      this.#readText(event.clipboardData.getData('text/plain'));
    });
    this.#find('paste').addEventListener('change', ({ target }) => this.#readText(target.value));
    this.#find('keep').addEventListener('change', () => this.#keep());
    this.#find('forget').addEventListener('click', () => this.#forget());
    this.#find('cancel').addEventListener('click', () => this.#dialog.close());
    this.#find('use').addEventListener('click', () => this.#use());
    this.#dialog.addEventListener('close', () => this.#reset());
    window.addEventListener('drop', this.#dropped);
  }

  /** A file may be dropped anywhere on the page. */
  #dropped = (event) => {
    const [file] = event.dataTransfer.files;
    if (file) {
      this.open();
      this.#read(file);
    }
  };

  #readText(text) {
    if (text.trim() !== '') {
      this.#read(new Blob([text]));
    }
  }

  /** Text that the page has read stays nowhere but in the roster that the teacher uses. */
  #reset() {
    this.#file = null;
    this.#preview.clear();
    this.#find('file').value = '';
    this.#find('paste').value = '';
    this.#find('preview').hidden = this.#find('use').hidden = true;
    this.#find('choosing').hidden = false;
    this.#text('problem', '');
    this.draw();
  }

  #drawUse() {
    this.#find('use').setAttribute('aria-disabled', String(this.#preview.found === null));
  }

  #use() {
    const { found } = this.#preview;
    if (found) {
      this.#store(new Roster(found.students));
      this.#dialog.close();
      this.#view.app.announce(this.#view.language.count('roster.students', found.students.length));
    }
  }

  #store(roster) {
    const { checked } = this.#find('keep');
    this.#rosters.use(this.#classId, roster, checked);
    this.#view.text('roster-notice', checked && !this.#rosters.isKept(this.#classId)
      ? this.#view.language.text('roster.notStored') : '');
  }

  /** A list that is not used yet is stored when it is. */
  #keep() {
    if (this.#find('preview').hidden) {
      this.#store(this.#rosters.of(this.#classId));
    }
  }

  #forget() {
    this.#rosters.forget(this.#classId);
    this.#reset();
    this.#find('choose').focus();
    this.#view.text('roster-notice', '');
  }

  #say({ reason, cell }) {
    this.#text('problem', this.#view.language.text(`roster.refused.${reason}`, { cell }));
    this.#find('choose').focus();
  }

  #find(hook) {
    return this.#dialog.querySelector(`[data-roster-${hook}]`);
  }

  #text(hook, text) {
    this.#find(hook).textContent = text;
  }
}
