import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useLocation, useRoute } from 'wouter';
import { conversationAddress, isId, threadAddress } from '../app/addresses.ts';
import { leaveTo } from '../app/opened-here.ts';
import { isFocusOutside } from '../ui/where-focus.ts';

interface OpenThread {
  /** The message at which the open thread has begun; undefined when none is open. */
  readonly messageId: string | undefined;
  readonly close: () => void;
}

/**
 * The thread that is shown beside a conversation, which has an address of its own. When it is closed, the focus that was in it
 * returns to what has opened it, or to the row in which that was.
 * @param page the conversation
 */
export function useOpenThread(id: string, page: RefObject<HTMLElement | null>): OpenThread {
  const [, params] = useRoute<{ messageId: string }>(threadAddress(id, ':messageId'));
  const [, navigate] = useLocation();
  const messageId = params && isId(params.messageId) ? params.messageId : undefined;
  const isOpen = messageId !== undefined;
  const openers = useRef<readonly (Element | null | undefined)[] | null>(null);
  useLayoutEffect(() => {
    if (isOpen) {
      const { activeElement } = document;
      openers.current = page.current?.contains(activeElement)
        ? [activeElement, activeElement?.closest('article')]
        : [];
    } else if (openers.current) {
      const places = [...openers.current, page.current?.querySelector('[data-messages]')];
      const place = places.find((element) => element?.isConnected);
      if (place instanceof HTMLElement && !isFocusOutside(null)) place.focus({ preventScroll: true });
      openers.current = null;
    }
  }, [isOpen, page]);
  return { messageId, close: () => leaveTo(conversationAddress(id), navigate) };
}
