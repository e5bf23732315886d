/** The address for phones on the dashboard, with a control to choose another one if there is more than one. */
export class AddressLine {
  #view;
  #classId;
  #phones;
  #listed = '';
  #announced = '';

  constructor(view, classId) {
    this.#view = view;
    this.#classId = classId;
    this.#phones = view.app.phones;
    view.find('address-choice').addEventListener('change', (event) => {
      this.#phones.choose(event.target.value);
      this.draw();
    });
  }

  draw() {
    const { candidates, used, trouble } = this.#phones;
    const { language } = this.#view;
    this.#view.find('address').hidden = !used;
    this.#view.text('address-state', used ? '' : this.#view.tryingAgain(trouble) || language.text('address.asking'));
    this.#view.find('address-choice').parentElement.hidden = candidates.length < 2;
    this.#view.find('not-reachable').hidden = used?.reachable !== false;
    if (used) {
      const address = used.url + this.#classId;
      this.#view.find('address').href = address;
      this.#view.text('address', address);
      this.#list(candidates, used);
      this.#announce(address);
    }
  }

  /** Fills the control only if its entries change, because it may be open. */
  #list(candidates, used) {
    const select = this.#view.find('address-choice');
    const listed = JSON.stringify(candidates);
    if (listed !== this.#listed) {
      this.#listed = listed;
      select.replaceChildren(...candidates.map((candidate) => new Option(this.#name(candidate), candidate.url)));
    }
    if (select.value !== used.url) {
      select.value = used.url;
    }
  }

  #name({ url, adapter }) {
    const { host } = new URL(url);
    return adapter ? `${host} · ${adapter}` : host;
  }

  #announce(address) {
    if (this.#announced !== '' && this.#announced !== address) {
      this.#view.app.announce(this.#view.language.text('address.changed', { address }));
    }
    this.#announced = address;
  }
}
