// How long ago, in words.

const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

export function ago(at: string): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return at;
  const seconds = (then - Date.now()) / 1000;
  if (seconds < -86_400 * 14) return new Date(then).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  for (const [unit, size] of UNITS) if (-seconds >= size) return new Intl.RelativeTimeFormat("en").format(Math.round(seconds / size), unit);
  return "just now";
}
