/** What became of a key: it is the first of its kind, it repeats an earlier row, or it contradicts one. */
export type Met = { kind: 'first' } | { kind: 'repeated' | 'contradicted'; row: number };

const FIRST_SLOTS = 1 << 12;
/** Cells of one entry: two hashes of the key, one of the content, the row. */
const WIDTH = 4;

/**
 * The keys of a file, each with a hash of what its row says: 16 bytes a row, times two at most, however long the keys are. Two
 * of a million different keys share their 64 bits once in thirty million such files; the row is then called contradictory.
 */
export class KeySet {
  private slots = new Uint32Array(FIRST_SLOTS * WIDTH);
  private size = 0;

  add(key: string, content: string, row: number): Met {
    if (this.size * 2 >= this.slots.length / WIDTH) this.grow();
    const [high, second] = hashesOf(key);
    // 0 is an empty slot.
    const low = second || 1;
    const [said] = hashesOf(content);
    const at = this.slotOf(this.slots, high, low);
    if (this.slots[at + 1] !== 0) return { kind: this.slots[at + 2] === said ? 'repeated' : 'contradicted', row: this.slots[at + 3] ?? 0 };
    this.slots.set([high, low, said, row], at);
    this.size += 1;
    return { kind: 'first' };
  }

  has(key: string): boolean {
    const [high, second] = hashesOf(key);
    return this.slots[this.slotOf(this.slots, high, second || 1) + 1] !== 0;
  }

  private slotOf(slots: Uint32Array, high: number, low: number): number {
    const mask = slots.length / WIDTH - 1;
    for (let slot = high & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WIDTH;
      if (slots[at + 1] === 0 || (slots[at] === high && slots[at + 1] === low)) return at;
    }
  }

  private grow(): void {
    const larger = new Uint32Array(this.slots.length * 2);
    for (let at = 0; at < this.slots.length; at += WIDTH) {
      const [high = 0, low = 0] = this.slots.subarray(at, at + 2);
      if (low !== 0) larger.set(this.slots.subarray(at, at + WIDTH), this.slotOf(larger, high, low));
    }
    this.slots = larger;
  }
}

/** Two hashes over the code units with multipliers of their own, each stirred with the other at the end. */
function hashesOf(text: string): [number, number] {
  let [first, second] = [0x9e3779b9, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x85ebca77);
    second = Math.imul(second ^ code, 0xc2b2ae3d);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
  second = Math.imul(second ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return [first >>> 0, second >>> 0];
}
