/** Prefixes that only our variables have: an unknown name with one of them is a typing error. */
const OWN = /^(?:THROTTLE|QUOTA|JWT|CORS|SESSION_MAX|TRUST|SECURITY_LOG)_/;
/** Maximum edit distance in prefixes that platforms and other programs also use (`DATABASE_HOST`, `REDIS_TLS_URL`). */
const SLIP = 2;
/**
 * Minimum length of names that are compared whatever their prefix, because no foreign name is so similar
 * (`THROTLE_WS_LIMIT`).
 */
const LONG = 10;
/** Maximum number of reported names. */
const MAX_REPORTED = 10;

/**
 * Finds unknown variables that look like misspelt ones of ours.
 * @param given names of variables with a value
 * @param known names that the server reads
 * @returns each name with the most similar known one, such as `THROTTLE_WS_LIMT (THROTTLE_WS_LIMIT?)`
 */
export function misspeltVariables(given: readonly string[], known: readonly string[]): string[] {
  const families = Map.groupBy(
    known.filter((name) => name.includes('_')),
    familyOf,
  );
  const long = known.filter(({ length }) => length >= LONG);
  return given
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, ...nearest(name, [...(families.get(familyOf(name)) ?? []), ...long]) }))
    .filter(({ name, meant, distance }) => OWN.test(name) || (distance <= SLIP && !given.includes(meant)))
    .slice(0, MAX_REPORTED)
    .map(({ name, meant }) => `${name} (${meant}?)`);
}

/** The first part of a name: `DATABASE_` of `DATABASE_URL`. */
function familyOf(name: string): string {
  return name.slice(0, name.indexOf('_') + 1);
}

function nearest(name: string, known: readonly string[]): { meant: string; distance: number } {
  let best = { meant: '', distance: Infinity };
  for (const meant of known) {
    const distance = editsBetween(name, meant);
    if (distance < best.distance) best = { meant, distance };
  }
  return best;
}

/** Levenshtein's distance, computed row by row. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [line, letter] of one.split('').entries()) {
    const next = [line + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const [before = 0, above = 0, left = 0] = [row[column - 1], row[column], next[column - 1]];
      next.push(Math.min(above + 1, left + 1, before + (other[column - 1] === letter ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
