/** Draws at random, without repetition: those who were not drawn yet come first. */
export class RandomDraw {
  #drawn = new Set();

  /** Returns up to count of the ids, and whether it began again because too few were left: {ids, isNewRound}. */
  next(ids, count) {
    const left = RandomDraw.#shuffled(ids.filter((id) => !this.#drawn.has(id)));
    const isNewRound = left.length < Math.min(count, ids.length);
    if (isNewRound) {
      this.#drawn = new Set();
      left.push(...RandomDraw.#shuffled(ids.filter((id) => !left.includes(id))));
    }
    const chosen = left.slice(0, count);
    chosen.forEach((id) => this.#drawn.add(id));
    return { ids: chosen, isNewRound };
  }

  static #shuffled(ids) {
    const shuffled = [...ids];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = RandomDraw.#below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }

  /** A random whole number from 0 to below the limit. Numbers that would make some results likelier are drawn again. */
  static #below(limit) {
    const fair = 2 ** 32 - 2 ** 32 % limit;
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    return number < fair ? number % limit : RandomDraw.#below(limit);
  }
}
