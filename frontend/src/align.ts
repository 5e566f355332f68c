// Which sentences of two texts are which: in their order, whatever the paragraphs they stand in.

/** A word as it is compared; `from` and `to` are offsets of the text, `quote` is the number of its quotation or -1. */
export interface Word { from: number; to: number; word: string; quote: number }
/** A sentence, the `at`th of its text; `first` and `end` are its words, `opens` says whether it begins a paragraph. */
export interface Sentence { at: number; from: number; to: number; first: number; end: number; opens: boolean }
export interface Cut { text: string; words: Word[]; sentences: Sentence[]; quotes: [from: number, to: number][] }

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.,][\p{L}\p{N}\p{M}]+)*/gu;
const QUOTE = /“[^”\n]*(?:”|$)|"[^"\n]*(?:"|$)|«[^»\n]*(?:»|$)|„[^“”\n]*[“”]/gm;
const END = /[.!?؟。]["'”’»)\]]*\s+(?=["“'‘«([]*[^\p{Ll}\s])/gu;
/** Sentences compared of one text; what comes after is shown as it is. */
const MOST = 3000;
/** Two sentences are one when they share so much: unlike ones share their small words only, which weigh little. */
const ALIKE = 0.3;
const SHORT = 4;
const MOVED = 0.6;
/** Enough for two that stand between the same sentences, and are as many there. */
const BETWEEN = 0.08;
/** A word that stands in so many pairs of sentences says nothing, and takes long. */
const COMMON = 20_000;

export function cut(text: string): Cut {
  const quotes: [number, number][] = [...text.matchAll(QUOTE)].map((found) => [found.index, found.index + found[0].length]);
  const words: Word[] = [];
  const sentences: Sentence[] = [];
  let quote = 0;
  for (const line of text.matchAll(/[^\n]*\S[^\n]*/g)) {
    const ends = [...line[0].matchAll(END)].map((found) => line.index + found.index + found[0].length);
    let from = line.index + (line[0].length - line[0].trimStart().length);
    let opens = true;
    for (const to of [...ends, line.index + line[0].trimEnd().length]) {
      if (to <= from) continue;
      const first = words.length;
      for (const found of text.slice(from, to).matchAll(WORD)) {
        const at = from + found.index;
        while (quote < quotes.length && (quotes[quote] as [number, number])[1] <= at) quote++;
        const inside = quote < quotes.length && (quotes[quote] as [number, number])[0] <= at;
        words.push({ from: at, to: at + found[0].length, word: found[0].toLowerCase().replaceAll("’", "'"), quote: inside ? quote : -1 });
      }
      sentences.push({ at: sentences.length, from, to, first, end: words.length, opens });
      opens = false;
      from = to;
    }
  }
  return { text, words, sentences, quotes };
}

export interface Alignment {
  /** Of each sentence of the left text the one of the right that it is, or -1; in the same order in both. */
  right: Int32Array;
  /** The same where it stands elsewhere in the other's order. */
  moved: Int32Array;
}

export function align(a: Cut, b: Cut): Alignment {
  const [rows, columns] = [Math.min(a.sentences.length, MOST), Math.min(b.sentences.length, MOST)];
  const alike = likeness(a, b, rows, columns);
  const length = (cut: Cut, at: number) => (cut.sentences[at] as Sentence).end - (cut.sentences[at] as Sentence).first;
  // A sentence of a few words is another's by chance unless it is nearly the same.
  const sure = alike.map((share, at) => (share >= ALIKE && (share >= MOVED || Math.min(length(a, Math.floor(at / columns)), length(b, at % columns)) >= SHORT) ? share : 0));
  const right = inOrder(sure, rows, columns, a.sentences.length);
  between(right, alike, rows, columns);
  const moved = new Int32Array(a.sentences.length).fill(-1);
  const taken = new Set(right);
  for (let i = 0; i < rows; i++) {
    if (right[i] !== -1) continue;
    let best = -1;
    for (let j = 0; j < columns; j++) {
      const now = alike[i * columns + j] as number;
      if (!taken.has(j) && now >= MOVED && (best < 0 || now > (alike[i * columns + best] as number))) best = j;
    }
    if (best >= 0) {
      moved[i] = best;
      taken.add(best);
    }
  }
  return { right, moved };
}

/** The share of their words that each two sentences have in common, rare words weighing more; 0 to 1. */
function likeness(a: Cut, b: Cut, rows: number, columns: number): Float32Array {
  const [ours, theirs] = [stand(a, rows), stand(b, columns)];
  const sums = [new Float64Array(rows), new Float64Array(columns)] as const;
  const shared = new Float32Array(rows * columns);
  for (const word of new Set([...ours.keys(), ...theirs.keys()])) {
    const [here, there] = [ours.get(word) ?? new Map<number, number>(), theirs.get(word) ?? new Map<number, number>()];
    if (here.size * there.size > COMMON) continue;
    const weight = Math.log(1 + (rows + columns) / (here.size + there.size));
    for (const [i, many] of here) (sums[0] as Float64Array)[i]! += many * weight;
    for (const [j, many] of there) (sums[1] as Float64Array)[j]! += many * weight;
    for (const [i, one] of here) for (const [j, other] of there) shared[i * columns + j]! += Math.min(one, other) * weight;
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      if (shared[at]) shared[at] = (2 * (shared[at] as number)) / ((sums[0][i] as number) + (sums[1][j] as number));
    }
  }
  return shared;
}

/** Pair off sentences that are as many on both sides between two that are paired: rewritten, they share little. */
function between(right: Int32Array, alike: Float32Array, rows: number, columns: number): void {
  for (let i = 0, j = 0; i <= rows; i++) {
    const partner = i === rows ? columns : (right[i] as number);
    if (partner < 0) continue;
    let first = i;
    while (first > 0 && right[first - 1] === -1) first--;
    if (i - first === partner - j) {
      for (let n = 0; n < i - first; n++) if ((alike[(first + n) * columns + j + n] as number) >= BETWEEN) right[first + n] = j + n;
    }
    j = partner + 1;
  }
}

function stand(cut: Cut, most: number): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>();
  for (let at = 0; at < most; at++) {
    const { first, end } = cut.sentences[at] as Sentence;
    for (let n = first; n < end; n++) {
      const { word } = cut.words[n] as Word;
      const where = found.get(word) ?? new Map<number, number>();
      found.set(word, where.set(at, (where.get(at) ?? 0) + 1));
    }
  }
  return found;
}

/** The pairs of sentences that stand in the same order in both and have most in common. */
function inOrder(alike: Float32Array, rows: number, columns: number, all: number): Int32Array {
  const wide = columns + 1;
  const best = new Float32Array((rows + 1) * wide);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const share = alike[i * columns + j] as number;
      const both = share ? share + (best[(i + 1) * wide + j + 1] as number) : 0;
      best[i * wide + j] = Math.max(both, best[(i + 1) * wide + j] as number, best[i * wide + j + 1] as number);
    }
  }
  const right = new Int32Array(all).fill(-1);
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const share = alike[i * columns + j] as number;
    const now = best[i * wide + j] as number;
    if (share && now === Math.fround(share + (best[(i + 1) * wide + j + 1] as number))) right[i++] = j++;
    else if (now === best[(i + 1) * wide + j]) i++;
    else j++;
  }
  return right;
}

/** Of each word of the left text the one of the right that it is, or -1, within the sentences that are one. */
export function sameWords(a: Cut, b: Cut, { right, moved }: Alignment): Int32Array {
  const same = new Int32Array(a.words.length).fill(-1);
  a.sentences.forEach((ours, i) => {
    const j = right[i] !== -1 ? (right[i] as number) : (moved[i] as number);
    if (j === -1 || j === undefined) return;
    const theirs = b.sentences[j] as Sentence;
    longest(a.words, ours.first, ours.end, b.words, theirs.first, theirs.end, same);
  });
  return same;
}

/** The longest row of words that stand in the same order in both. */
function longest(a: Word[], a1: number, a2: number, b: Word[], b1: number, b2: number, same: Int32Array): void {
  const equal = (i: number, j: number) => (a[i] as Word).word === (b[j] as Word).word;
  while (a1 < a2 && b1 < b2 && equal(a1, b1)) same[a1++] = b1++;
  while (a1 < a2 && b1 < b2 && equal(a2 - 1, b2 - 1)) same[--a2] = --b2;
  const [rows, columns] = [a2 - a1, b2 - b1];
  if (!rows || !columns || rows * columns > 4_000_000) return;
  const wide = columns + 1;
  const most = new Uint16Array((rows + 1) * wide);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      most[i * wide + j] = equal(a1 + i, b1 + j) ? (most[(i + 1) * wide + j + 1] as number) + 1 : Math.max(most[(i + 1) * wide + j] as number, most[i * wide + j + 1] as number);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (equal(a1 + i, b1 + j)) same[a1 + i++] = b1 + j++;
    else if ((most[(i + 1) * wide + j] as number) >= (most[i * wide + j + 1] as number)) i++;
    else j++;
  }
}
