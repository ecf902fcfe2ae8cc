import type { Mentionable } from './mentionable.ts';
import type { Names } from './find-mentions.ts';

/**
 * Whom each name means: those who were chosen from the list by that name, else the one member who has it. Who only shares a name
 * with others is not meant.
 */
export function namesOf(chosen: readonly Mentionable[], members: readonly Mentionable[]): Names {
  const names = idsByName(chosen);
  for (const [name, ids] of idsByName(members))
    if (!names.has(name) && ids.length === 1) names.set(name, ids);
  return names;
}

function idsByName(people: readonly Mentionable[]): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { id, name } of people) {
    const ids = names.get(name) ?? [];
    if (!ids.includes(id)) names.set(name, [...ids, id]);
  }
  return names;
}
