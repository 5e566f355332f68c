// Records count Unicode code points; strings in the browser count UTF-16 units.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Turns a text's code point offsets into offsets of a JavaScript string. */
export class Offsets {
  private readonly units: Uint32Array | null;
  /** Length of the text in code points. */
  readonly length: number;

  constructor(text: string) {
    if (!PAIR.test(text)) {
      this.units = null;
      this.length = text.length;
      return;
    }
    const units = new Uint32Array(text.length + 1);
    let points = 0;
    let at = 0;
    for (const point of text) {
      units[points++] = at;
      at += point.length;
    }
    units[points] = at;
    this.units = units;
    this.length = points;
  }

  /** UTF-16 offset of a code point offset, held inside the text. */
  at(point: number): number {
    const held = Math.max(0, Math.min(point, this.length));
    return this.units === null ? held : (this.units[held] as number);
  }

  /** Code point offset of a UTF-16 offset; inside a pair, that of the pair. */
  back(unit: number): number {
    if (this.units === null) return Math.max(0, Math.min(unit, this.length));
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.units[middle] as number) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
