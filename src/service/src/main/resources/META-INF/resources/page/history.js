// Results of the last minutes, bounded in time and in bytes; of one volume the last result alone.

export class History {
  #entries = [];
  #bytes = 0;

  /** @param {number} spanMs how far back; @param {number} maxBytes most that is kept */
  constructor(spanMs, maxBytes) {
    this.spanMs = spanMs;
    this.maxBytes = maxBytes;
  }

  /** @param {{metadata: object, blocks: object}} message a result; @param {number} bytes it takes */
  add(message, bytes) {
    const last = this.#entries.at(-1);
    if (last && last.message.metadata.volumeId === message.metadata.volumeId) {
      this.#entries.pop();
      this.#bytes -= last.bytes;
    }
    this.#entries.push({message, bytes});
    this.#bytes += bytes;
    const oldest = message.metadata.acquiredAt - this.spanMs;
    while (this.#entries.length > 1
        && (this.#bytes > this.maxBytes || this.#entries[0].message.metadata.acquiredAt < oldest)) {
      this.#bytes -= this.#entries.shift().bytes;
    }
  }

  /** What the ensemble predicts of a volume when a newer one is on the screen already. @param {{volumeId: string, structures: Array}} figures */
  assess({volumeId, structures}) {
    const entry = this.#entries.find(({message}) => message.metadata.volumeId === volumeId);
    if (entry) {
      entry.structures = structures;
    }
  }

  /** @returns {object} what is known of a structure on a volume: what the ensemble found late, else what the result itself says */
  figures(volumeId, structure) {
    const entry = this.#entries.find(({message}) => message.metadata.volumeId === volumeId);
    return entry?.structures?.find(s => s.name === structure.name) ?? structure;
  }

  clear() {
    this.#entries = [];
    this.#bytes = 0;
  }

  get length() {
    return this.#entries.length;
  }

  get bytes() {
    return this.#bytes;
  }

  /** @returns {object|undefined} the message at a place, 0 is the oldest */
  at(index) {
    return this.#entries[index]?.message;
  }

  /** @returns {number} the place of the result of that time or the last before it; 0 if all are later */
  indexAt(acquiredAt) {
    let index = 0;
    while (index + 1 < this.#entries.length && this.#entries[index + 1].message.metadata.acquiredAt <= acquiredAt) {
      index++;
    }
    return index;
  }

  /** @returns {Array<{at: number, value: number}>} the Dice predicted of a structure, oldest first */
  predictedDice(name) {
    return this.#entries.flatMap(({message, structures}) => {
      const value = (structures ?? message.metadata.structures).find(s => s.name === name)?.predictedDice;
      return typeof value === 'number' ? [{at: message.metadata.acquiredAt, value}] : [];
    });
  }
}
