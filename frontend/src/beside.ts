// Two texts side by side: rows of paragraphs, with what differs and which quotations agree.

import { align, cut, sameWords, type Cut, type Sentence, type Word } from "./align";

/** Words of one text; `same` both have, `differs` the other has otherwise, `only` the other has not, `moved` it has elsewhere. */
export type How = "same" | "differs" | "only" | "moved";
/** `quote`: within a quotation that is the same word for word in both; `ends`: the last piece of it. */
export interface Piece { words: string; how: How; quote: boolean; ends: boolean }
export interface Row { left: Piece[]; right: Piece[] }
export interface Beside { rows: Row[]; same: number; words: number; quotes: number; ofQuotes: number }

interface Side { cut: Cut; same: Int32Array; partner: Int32Array; moved: Int32Array; agree: boolean[] }

export function sideBySide(left: string, right: string): Beside {
  const [a, b] = [cut(left), cut(right)];
  const alignment = align(a, b);
  const same = sameWords(a, b, alignment);
  const back = reversed(same, b.words.length);
  const agree = agreeing(a, b, same, back);
  const ours: Side = { cut: a, same, partner: alignment.right, moved: alignment.moved, agree: agree[0] };
  const theirs: Side = { cut: b, same: back, partner: reversed(alignment.right, b.sentences.length), moved: reversed(alignment.moved, b.sentences.length), agree: agree[1] };
  const rows: Row[] = [];
  for (const [ourSentences, theirSentences] of grouped(a, b, alignment.right)) {
    rows.push({ left: pieces(ours, ourSentences), right: pieces(theirs, theirSentences) });
  }
  const long = ({ cut: { quotes, words } }: Side) => {
    const sizes = quotes.map(() => 0);
    for (const { quote } of words) if (quote >= 0) sizes[quote]! += 1;
    return sizes.flatMap((size, at) => (size >= LONG ? [at] : []));
  };
  const counted = long(ours);
  return {
    rows, same: same.reduce((sum, other) => sum + (other < 0 ? 0 : 1), 0), words: a.words.length,
    quotes: counted.filter((at) => ours.agree[at]).length, ofQuotes: Math.min(counted.length, long(theirs).length),
  };
}

/** Words from which a quotation is one to count. */
const LONG = 4;

function reversed(map: Int32Array, length: number): Int32Array {
  const found = new Int32Array(length).fill(-1);
  map.forEach((other, at) => { if (other >= 0) found[other] = at; });
  return found;
}

/** Of each quotation, whether all its words and no others are a quotation of the other text. */
function agreeing(a: Cut, b: Cut, same: Int32Array, back: Int32Array): [boolean[], boolean[]] {
  const one = (ours: Cut, theirs: Cut, map: Int32Array) => {
    const agree = ours.quotes.map(() => true);
    const some = new Set<number>();
    ours.words.forEach(({ quote }, at) => {
      if (quote < 0) return;
      some.add(quote);
      const other = map[at] as number;
      if (other < 0 || (theirs.words[other] as Word).quote < 0) agree[quote] = false;
    });
    return agree.map((good, at) => good && some.has(at));
  };
  return [one(a, b, same), one(b, a, back)];
}

/** Sentences of both texts in rows: a row begins where a paragraph does, on either side. */
function* grouped(a: Cut, b: Cut, right: Int32Array): Iterable<[Sentence[], Sentence[]]> {
  let ours: Sentence[] = [];
  let theirs: Sentence[] = [];
  let j = 0;
  const steps: [Sentence | null, Sentence | null][] = [];
  a.sentences.forEach((sentence, i) => {
    const partner = right[i] as number;
    for (; partner >= 0 && j < partner; j++) steps.push([null, b.sentences[j] as Sentence]);
    steps.push([sentence, partner >= 0 ? (b.sentences[j++] as Sentence) : null]);
  });
  for (; j < b.sentences.length; j++) steps.push([null, b.sentences[j] as Sentence]);
  for (const [left, other] of steps) {
    const begins = (left?.opens ?? false) || (other?.opens ?? false);
    if (begins && (ours.length || theirs.length)) {
      yield [ours, theirs];
      [ours, theirs] = [[], []];
    }
    if (left) ours.push(left);
    if (other) theirs.push(other);
  }
  if (ours.length || theirs.length) yield [ours, theirs];
}

function pieces(side: Side, sentences: Sentence[]): Piece[] {
  const found: Piece[] = [];
  for (const sentence of sentences) {
    const { at } = sentence;
    const whole: How | null = (side.partner[at] as number) >= 0 ? null : (side.moved[at] as number) >= 0 ? "moved" : "only";
    found.push(...ofSentence(side, sentence, whole));
  }
  return found;
}

/** The pieces of one sentence, blanks between words with the words before, every character in one. */
function ofSentence(side: Side, sentence: Sentence, whole: How | null): Piece[] {
  const { cut: { text, words, quotes }, same, agree } = side;
  const found: Piece[] = [];
  const how = (word: number): How => whole ?? ((same[word] as number) >= 0 ? "same" : "differs");
  const add = (from: number, to: number, kind: How) => {
    // Cut where a quotation that agrees begins or ends.
    for (let at = from; at < to; ) {
      const inside = quotes.findIndex(([start, end], n) => agree[n] && start <= at && at < end);
      const next = inside >= 0 ? (quotes[inside] as [number, number])[1] : Math.min(to, ...quotes.filter(([start], n) => agree[n] && start > at).map(([start]) => start));
      const end = Math.min(to, next);
      const last = found.at(-1);
      const piece = { words: text.slice(at, end), how: kind, quote: inside >= 0, ends: inside >= 0 && end === (quotes[inside] as [number, number])[1] };
      if (last && last.how === kind && last.quote === piece.quote && !last.ends) Object.assign(last, { words: last.words + piece.words, ends: piece.ends });
      else found.push(piece);
      at = end;
    }
  };
  let done = sentence.from;
  for (let n = sentence.first; n < sentence.end; n++) {
    const { from, to } = words[n] as Word;
    const joined = n > sentence.first && how(n - 1) === how(n);
    if (done < from) add(done, from, joined || whole ? how(n) : "same");
    add(from, to, how(n));
    done = to;
  }
  if (done < sentence.to) add(done, sentence.to, whole ?? "same");
  return found;
}
