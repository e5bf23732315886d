/** Keeps the screen awake while it is held, where the browser can. The browser drops the lock of a hidden page. */
export class WakeLock {
  #lock = null;
  #held = false;
  #request = async () => {
    if (this.#held && document.visibilityState === 'visible') {
      try {
        this.#lock = await navigator.wakeLock?.request('screen');
      } catch (refused) {
        // The battery is low, or the page is hidden again. The next time it is visible it asks again.
      }
      if (!this.#held) {
        this.#lock?.release();
      }
    }
  };

  hold() {
    this.#held = true;
    document.addEventListener('visibilitychange', this.#request);
    this.#request();
  }

  release() {
    this.#held = false;
    document.removeEventListener('visibilitychange', this.#request);
    this.#lock?.release();
  }
}
