// Names, descriptions and pronouns: what an actor is called on the page.

const PRONOUN = /^(i|me|my|mine|we|us|our|ours|you|your|he|him|his|she|her|hers|it|its|they|them|their|theirs|who|whom|whose|which|this|that|these|those|one|some|others?|both|all|each|many|several|none|nobody|somebody|someone|everyone)$/i;
/** Words that begin a description: what is capital in "The army" or "Our fighters" is the sentence's, not a name's. */
const BEGINS = /^(the|an?|my|our|your|his|her|its|their|this|that|these|those|some|no|any|all|both|each|every|many|several|other|another|more|most|at|about|around|almost|nearly|over|up|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)(?=\s)/i;

/**
 * Whether an actor's name can be a name, not a description ("army", "The rebels")
 * or a pronoun: it has a capital letter of its own, in a script that has them.
 */
export function isName(name: string): boolean {
  if (PRONOUN.test(name)) return false;
  const rest = name.replace(BEGINS, "").trim();
  return rest !== rest.toLocaleLowerCase("en") || rest === rest.toLocaleUpperCase("en");
}

/** An actor's name for readers; a pronoun, of which it is not known whom it means, in quotation marks. */
export function called(name: string): string {
  return PRONOUN.test(name) ? `“${name}”` : name;
}
