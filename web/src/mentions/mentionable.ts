import type { Member } from '@causerie/client';
import { folded } from '../texts/folded.ts';

/** Somebody who can be mentioned, or everybody. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
}

/** More are seen by nobody. */
export const SHOWN = 8;

export const mentionableOf = ({ userId, displayName, avatarUrl }: Member): Mentionable => ({
  id: userId,
  name: displayName,
  avatarUrl,
});

/** Those with a name, or a word in it, that begins like this; those whose name does so come first. */
export function matching(people: readonly Mentionable[], query: string): readonly Mentionable[] {
  const wanted = folded(query);
  const inName: Mentionable[] = [];
  const inWord: Mentionable[] = [];
  for (const person of people) {
    const name = folded(person.name);
    if (name.startsWith(wanted)) inName.push(person);
    else if (name.includes(` ${wanted}`)) inWord.push(person);
  }
  return [...inName, ...inWord].slice(0, SHOWN);
}
