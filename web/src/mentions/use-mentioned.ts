import type { Outgoing } from '@causerie/client';
import { useClient, useConversation } from '@causerie/react';
import { useRef } from 'react';
import { currentLinkFinder } from '../message/link-finder.ts';
import { parseText } from '../message/parse-text.ts';
import { everybodyIn } from './everybody-in.ts';
import { EVERYBODY, findMentions } from './find-mentions.ts';
import { mentionableOf, type Mentionable } from './mentionable.ts';
import { namesOf } from './names-of.ts';

/** Whom a message mentions, as it is sent. */
export type Mentioned = Required<Pick<Outgoing, 'mentions'>> & { readonly mentionsAll: boolean };

export interface MentionedPeople {
  /** Somebody has been chosen from the list. */
  readonly choose: (person: Mentionable) => void;
  /** @param before whom it has mentioned until now */
  readonly mentionedIn: (text: string, before?: readonly string[]) => Mentioned;
}

/** Whom the texts that are written in a conversation mention. */
export function useMentioned(id: string): MentionedPeople {
  const { members, summary } = useConversation(id);
  const { users } = useClient();
  const chosen = useRef<Mentionable[]>([]);

  function knownBefore(userId: string): readonly Mentionable[] {
    const profile = users.profile(userId).getSnapshot();
    return profile ? [{ ...profile, name: profile.displayName }] : [];
  }
  return {
    choose: (person) => void chosen.current.push(person),
    mentionedIn(text, before = []) {
      if (!text.includes('@')) return { mentions: [], mentionsAll: false };
      const present = members.getSnapshot().items.map(mentionableOf);
      const everybody = everybodyIn(summary.getSnapshot());
      const names = namesOf([...chosen.current, ...before.flatMap(knownBefore)], [...present, ...everybody]);
      const ids = parseText(text, currentLinkFinder()).flatMap((part) =>
        part.kind === 'text' ? findMentions(part.text, names).flatMap((place) => place.ids) : [],
      );
      return {
        mentions: [...new Set(ids)].filter((one) => one !== EVERYBODY),
        mentionsAll: ids.includes(EVERYBODY),
      };
    },
  };
}
