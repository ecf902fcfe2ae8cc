import { useConversation, useObservable, useSummary } from '@causerie/react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import { everybodyIn } from './everybody-in.ts';
import { matching, mentionableOf, type Mentionable, SHOWN } from './mentionable.ts';
import { mentionQuery } from './mention-query.ts';

interface Written {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onChoose: (person: Mentionable) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
const NONE: readonly Mentionable[] = [];

/** The people whose names begin like what is typed after `@`, and how one of them is chosen. */
export function useMentionList(id: string, { text, setText, field, onChoose }: Written) {
  const { composer } = useTexts();
  const { members } = useConversation(id);
  const summary = useSummary(id);
  const ownId = useUserId();
  const listId = useId();
  const { items, status, hasMore } = useObservable(members, members.getSnapshot());
  // An object, because a text may change without its caret: React renders what was typed before anything else happens.
  const [{ caret }, setPlace] = useState({ caret: 0 });
  const [marked, setMarked] = useState({ query: '', index: 0 });
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const nextCaret = useRef<number>(undefined);

  const query = mentionQuery(text, caret);
  if (query === null && leftAt !== null) setLeftAt(null);
  const isWanted = query !== null && query.at !== leftAt;
  const everybody = everybodyIn(summary).filter(({ name }) => name === composer.wordForEverybody);
  const people = items.filter(({ userId }) => userId !== ownId).map(mentionableOf);
  const options = isWanted ? matching([...people, ...everybody], query.text) : NONE;
  const index = marked.query === query?.text ? Math.min(marked.index, options.length - 1) : 0;

  // Whoever writes a name without choosing it means somebody, too.
  const mentionsAny = text.includes('@');
  useEffect(() => {
    if (mentionsAny) void members.load();
  }, [members, mentionsAny]);
  const needsMore = isWanted && hasMore && status === 'ready' && options.length < SHOWN;
  useEffect(() => {
    if (needsMore) void members.loadMore();
  }, [members, needsMore, items]);
  useLayoutEffect(() => {
    if (nextCaret.current === undefined) return;
    field.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = undefined;
  });

  const noteCaret = (): void => setPlace({ caret: field.current?.selectionStart ?? 0 });
  function choose(person: Mentionable): void {
    if (!query) return;
    const begun = `${text.slice(0, query.at)}@${person.name} `;
    onChoose(person);
    setText(begun + text.slice(caret).replace(/^ /, ''));
    nextCaret.current = begun.length;
    setPlace({ caret: begun.length });
  }
  function onKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const option = options[index];
    const step = STEPS[key];
    if (!option || !query || ctrlKey || metaKey) return false;
    if (step) setMarked({ query: query.text, index: (index + step + options.length) % options.length });
    else if (key === 'Escape') setLeftAt(query.at);
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) choose(option);
    else return false;
    return true;
  }
  return { listId, options, index, onKey, choose, noteCaret, close: () => setLeftAt(query?.at ?? null) };
}
