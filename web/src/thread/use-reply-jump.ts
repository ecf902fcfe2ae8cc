import { type RefObject, useEffect } from 'react';
import { useSearch } from 'wouter';
import type { MessagesHandle } from '../conversation/messages.tsx';

/** Leads to the reply that the address names. */
export function useReplyJump(messages: RefObject<MessagesHandle | null>): boolean {
  const reply = new URLSearchParams(useSearch()).get('reply') ?? '';
  const seq = /^[1-9]\d{0,9}$/.test(reply) ? Number(reply) : null;
  useEffect(() => {
    if (seq !== null) messages.current?.jump(seq);
  }, [messages, seq]);
  return seq !== null;
}
