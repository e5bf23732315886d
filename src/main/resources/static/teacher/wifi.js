import { Remembered } from './storage.js';

const MAX_NAME_BYTES = 32;
const PASSWORD = /^(.{8,63}|[0-9A-Fa-f]{64})$/u;
const remembered = new Remembered('wifi');

/** The Wi-Fi network of the classroom: {name, password, hidden}. This browser remembers it; the server never gets it. */
export class Wifi {
  static known() {
    const wifi = remembered.value;
    return typeof wifi?.name === 'string' && typeof wifi.password === 'string' ? wifi : null;
  }

  static remember(wifi) {
    remembered.value = wifi;
  }

  /** The key of the text that tells what is wrong; empty if nothing is. Without a password the network is open. */
  static mistake({ name, password }) {
    if (name === '') {
      return 'wifi.nameMissing';
    }
    if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) {
      return 'wifi.nameTooLong';
    }
    return password === '' || PASSWORD.test(password) ? '' : 'wifi.passwordLength';
  }

  /** The text of the QR code that lets a phone join the network. */
  static text({ name, password, hidden }) {
    const parts = [`T:${password === '' ? 'nopass' : 'WPA'}`, `S:${Wifi.#escape(name)}`];
    if (password !== '') {
      parts.push(`P:${Wifi.#escape(password)}`);
    }
    if (hidden) {
      parts.push('H:true');
    }
    return `WIFI:${parts.join(';')};;`;
  }

  static #escape(text) {
    return text.replace(/[\\;,:"]/g, '\\$&');
  }
}
