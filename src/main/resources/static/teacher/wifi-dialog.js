import { View } from './view.js';
import { Wifi } from './wifi.js';

/** Asks for the Wi-Fi network whose QR code the projector shows. */
export class WifiDialog {
  #view;
  #dialog;
  #form;

  constructor(view) {
    this.#view = view;
    this.#dialog = View.copy('wifi', view.language);
    this.#form = this.#dialog.querySelector('form');
    view.root.append(this.#dialog);
    view.find('wifi').addEventListener('click', () => this.#open());
    this.#dialog.querySelector('[data-wifi-cancel]').addEventListener('click', () => this.#dialog.close());
    this.#dialog.querySelector('[data-wifi-remove]').addEventListener('click', () => this.#remember(null));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    this.#draw();
  }

  #open() {
    const wifi = Wifi.known();
    const { name, password, hidden } = this.#form.elements;
    name.value = wifi?.name ?? '';
    password.value = wifi?.password ?? '';
    hidden.checked = wifi?.hidden === true;
    this.#showMistake('');
    this.#dialog.querySelector('[data-wifi-remove]').hidden = wifi === null;
    this.#dialog.showModal();
  }

  #save() {
    const { name, password, hidden } = this.#form.elements;
    const wifi = { name: name.value.trim(), password: password.value, hidden: hidden.checked };
    const mistake = Wifi.mistake(wifi);
    this.#showMistake(mistake);
    if (mistake === '') {
      this.#remember(wifi);
    }
  }

  #remember(wifi) {
    Wifi.remember(wifi);
    this.#dialog.close();
    this.#draw();
  }

  #showMistake(mistake) {
    const { name, password } = this.#form.elements;
    const isOfPassword = mistake === 'wifi.passwordLength';
    name.setAttribute('aria-invalid', String(mistake !== '' && !isOfPassword));
    password.setAttribute('aria-invalid', String(isOfPassword));
    this.#dialog.querySelector('[data-wifi-mistake]').textContent = mistake ? this.#view.language.text(mistake) : '';
    if (mistake !== '') {
      (isOfPassword ? password : name).focus();
    }
  }

  #draw() {
    const wifi = Wifi.known();
    this.#view.text('wifi', wifi ? this.#view.language.text('wifi.change', { name: wifi.name })
      : this.#view.language.text('wifi.add'));
  }
}
