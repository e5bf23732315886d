import { showQrCode } from './qr-code.js';
import { inCapitals } from './qr-text.js';
import { Wifi } from './wifi.js';

/** The address and its QR code on the projector, and the QR code of the Wi-Fi network if the teacher gave one. */
export class AddressBoard {
  #view;
  #classId;
  /** The texts of the shown QR codes. */
  #shown = {};

  constructor(view, classId) {
    this.#view = view;
    this.#classId = classId;
  }

  /** @param code the code in the students' link; null if the roll asks for none, empty if none is known */
  draw(code) {
    const { used, trouble } = this.#view.app.phones;
    const { language } = this.#view;
    const address = used ? used.url + this.#classId : '';
    const wifi = Wifi.known();
    this.#view.root.classList.toggle('with-wifi', wifi !== null);
    this.#view.text('address-state', used ? '' : this.#view.tryingAgain(trouble) || language.text('address.asking'));
    this.#view.find('scan').hidden = !used;
    this.#view.find('not-reachable').hidden = used?.reachable !== false;
    this.#drawAddress(address);
    this.#drawQrCode('qr', used && (code === '' ? '' : inCapitals(code ? `${address}/${code}` : address)),
      language.text(code === '' ? 'code.waiting' : 'projector.qr', { address }), wifi ? language.text('wifi.second') : '');
    this.#drawQrCode('wifi-qr', wifi && Wifi.text(wifi), language.text('wifi.qr', { name: wifi?.name }),
      language.text('wifi.first', { name: wifi?.name }));
  }

  #drawAddress(address) {
    if (this.#shown.address !== address) {
      this.#shown.address = address;
      const [, scheme, rest] = address.match(/^(https?:\/\/)?(.*)$/);
      const parts = [Object.assign(document.createElement('span'), { className: 'scheme', textContent: scheme ?? '' })];
      for (const piece of rest.split(/(?<=[/.])/)) {
        parts.push(piece, document.createElement('wbr'));
      }
      this.#view.find('address').replaceChildren(...parts);
      this.#view.find('address').style.setProperty('--letters', address.length);
    }
  }

  /** @param text the text of the QR code; empty for a blank one, which keeps its place; null for none */
  #drawQrCode(hook, text, name, caption) {
    const svg = this.#view.find(hook);
    const figure = svg.parentElement;
    figure.hidden = text == null;
    figure.querySelector('figcaption').textContent = caption;
    svg.setAttribute('aria-label', name);
    if (this.#shown[hook] !== text) {
      this.#shown[hook] = text;
      showQrCode(svg, text);
    }
  }
}
