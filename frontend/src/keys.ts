// Single keys.

/** What each key does; `digit` is told which of 1 to 9. */
export interface Keys { readonly [key: string]: (number: number) => void }

/** Do what a key stands for, unless somebody is typing; in a list the arrow keys are j and k. */
export function singleKey(event: KeyboardEvent, keys: Keys): void {
  const target = event.target as HTMLElement;
  // In a list's ticks only the space bar is theirs.
  if (target.matches(".pick input") ? event.key === " " : target.matches("input, select, textarea")) return;
  const arrow = target.closest(".facts, table.events") ? { ArrowDown: "j", ArrowUp: "k" }[event.key] : undefined;
  const name = arrow ?? (/^[1-9]$/.test(event.key) ? "digit" : event.key);
  if (!Object.hasOwn(keys, name)) return;
  keys[name]?.(Number(event.key));
  event.preventDefault();
}
