import { CauserieError } from '@causerie/client';
import { type MessageWindowHandle, useConversation } from '@causerie/react';
import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { useLocation } from 'wouter';
import { conversationAddress, messageAddress } from '../app/addresses.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import type { Jump } from './jump-context.ts';
import { noteLeftPlace, takeLeftPlace } from './left-place.ts';
import { seqOf } from './seq-of.ts';

/**
 * Leads to messages of a conversation: to that of the address, and to others when one jumps, which changes the address. Back
 * leads to where one was. A jump that fails says so, and changes nothing.
 */
export function useJumps(id: string, window: RefObject<MessageWindowHandle | null>): Jump {
  const { timeline } = useConversation(id);
  const [path, navigate] = useLocation();
  const attempt = useAttempt();
  /** The message to which the last address has led: what was opened beside it, and closed, leads nowhere. */
  const reached = useRef<number>(undefined);

  const show = (seq: number): Promise<boolean> =>
    attempt(async () => {
      // What is being opened is waited for, not opened again.
      await timeline.open();
      // Nobody looks at it any more.
      if (!window.current) return;
      const { lastSeq } = timeline.getSnapshot();
      if (seq <= lastSeq) await window.current.scrollToSeq(seq);
      const { first, last } = timeline.getSnapshot();
      // The server shows what is nearest.
      if (seq > last || seq < first) throw new CauserieError('MESSAGE_NOT_FOUND');
    });

  const arrive = useEffectEvent(async (): Promise<void> => {
    const seq = seqOf(path, id);
    if (seq === undefined && path !== conversationAddress(id)) return;
    const left = takeLeftPlace();
    const wasReached = seq === reached.current;
    reached.current = seq;
    if (left !== undefined) await attempt(() => window.current?.scrollToPlace(left));
    else if (seq !== undefined && !wasReached && !(await show(seq))) {
      // Who has gone elsewhere meanwhile stays there.
      if (location.pathname === path) navigate(conversationAddress(id), { replace: true });
      // When the conversation was to open there.
      if (timeline.getSnapshot().items.length === 0) await timeline.open('unread').catch(() => undefined);
    }
  });
  useEffect(() => void arrive(), [path]);

  const jump = useEffectEvent(async (seq: number): Promise<void> => {
    const from = location.pathname;
    const left = window.current?.readPlace() ?? null;
    if (!(await show(seq)) || location.pathname !== from) return;
    // What is open beside the conversation stays.
    const isAlone = from === conversationAddress(id) || seqOf(from, id) !== undefined;
    if (!isAlone || seqOf(from, id) === seq) return;
    reached.current = seq;
    noteLeftPlace(left);
    navigate(messageAddress(id, seq));
  });
  const latest = useRef<Jump>(undefined);
  useEffect(() => {
    latest.current = (seq) => void jump(seq);
  }, []);
  return useCallback((seq) => latest.current?.(seq), []);
}
