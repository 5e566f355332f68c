// ISO dates at the precision given, as half-open stretches of time.

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const DAY = 86_400_000;

/** `[from, to)` in milliseconds since 1970, UTC. */
export type Stretch = readonly [from: number, to: number];

function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

/** The stretch that an ISO date covers; null where it names no day, month or year there is. */
export function stretch(iso: string | null | undefined): Stretch | null {
  const match = ISO.exec(iso ?? "");
  if (!match) return null;
  const year = Number(match[1]);
  if (match[2] === undefined) return [utc(year, 0, 1), utc(year + 1, 0, 1)];
  const month = Number(match[2]) - 1;
  if (month < 0 || month > 11) return null;
  if (match[3] === undefined) return [utc(year, month, 1), utc(year, month + 1, 1)];
  const day = Number(match[3]);
  const from = utc(year, month, day);
  const date = new Date(from);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? [from, from + DAY] : null;
}

/** The stretch between two ISO dates, either of which may be missing. */
export function between(start: string | null | undefined, end: string | null | undefined): Stretch | null {
  const first = stretch(start);
  const last = stretch(end);
  if (first && last) return first[0] <= last[0] ? [first[0], Math.max(first[1], last[1])] : [last[0], first[1]];
  return first ?? last;
}

/** An ISO date in words: 22 Aug 2014, Aug 2014, 2014; anything else as it is. */
export function dateWords(iso: string): string {
  if (!stretch(iso)) return iso;
  const [year, month, day] = iso.split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** A stretch in words, as coarse as its ends allow: `2014`, `Aug – Oct 2014`, `3 – 5 Aug 2014`. */
export function stretchWords([from, to]: Stretch): string {
  const [first, last] = [new Date(from).toISOString(), new Date(to - 1).toISOString()];
  const next = new Date(to).toISOString();
  const whole = (part: string) => first.slice(5, 10).endsWith(part) && next.slice(5, 10).endsWith(part);
  const cut = whole("01-01") ? 4 : whole("01") ? 7 : 10;
  const [a, b] = [first.slice(0, cut), last.slice(0, cut)];
  if (a === b) return dateWords(a);
  const shared = a.slice(0, 7) === b.slice(0, 7) ? 7 : a.slice(0, 4) === b.slice(0, 4) ? 4 : 0;
  const start = dateWords(a);
  return `${shared ? start.split(" ").slice(0, shared === 7 ? 1 : -1).join(" ") : start} – ${dateWords(b)}`;
}
