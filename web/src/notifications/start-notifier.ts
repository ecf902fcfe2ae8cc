import type { CauserieClient } from '@causerie/client';
import { conversationName } from '../list/names.ts';
import type { Texts } from '../texts/en.ts';
import { plainLine } from '../texts/plain-line.ts';
import { isWorthTelling } from './is-worth-telling.ts';
import { createNewMessages, type NewMessage } from './new-messages.ts';
import { createRecent } from './recent.ts';
import { createShownNotifications, type NotificationText } from './shown-notifications.ts';
import { becomeNotifier, isLookedAt } from './tab-roles.ts';

/** Between the end of the tab that notified and the beginning of this one messages may come; older ones were told. */
const GAP_MS = 2_000;
const LONGEST_TITLE = 80;
const LONGEST_BODY = 200;

/**
 * Tells of messages, once for all tabs, when nobody looks at their conversation. Returns how to end it.
 * @param open shows a message
 */
export function startNotifier(
  { conversations, session }: CauserieClient,
  texts: Texts,
  open: (found: NewMessage) => void,
): () => void {
  const findNew = createNewMessages();
  const shown = createShownNotifications((found) => {
    window.focus();
    open(found);
  });
  let isNotifier = false;
  let hasBegun = false;
  const leftToOthers = createRecent<NewMessage>(GAP_MS);

  async function tell(found: NewMessage): Promise<void> {
    const { id } = found.summary;
    if (await isLookedAt(id)) return;
    // It may have been read meanwhile.
    const summary = conversations.getSnapshot().items.find((one) => one.id === id);
    const userId = session.state.getSnapshot().user?.id ?? '';
    if (isNotifier && summary && isWorthTelling({ ...found, summary }, userId))
      shown.show(found, textOf(texts, found));
  }

  function update(): void {
    const { items, status } = conversations.getSnapshot();
    // Until then everything that comes was there before.
    hasBegun ||= status === 'ready';
    if (!hasBegun) return;
    shown.closeRead(items);
    const found = findNew(items);
    // All tabs know what is new, so that any of them can go on where another one was closed.
    if (isNotifier) for (const one of found) void tell(one);
    else leftToOthers.add(found);
  }

  const endRole = becomeNotifier(() => {
    isNotifier = true;
    for (const one of leftToOthers.take()) void tell(one);
  });
  const endWatch = conversations.subscribe(update);
  update();
  // Who could close them, or answer a click, is gone then.
  addEventListener('pagehide', shown.closeAll);
  return () => {
    isNotifier = false;
    endRole();
    endWatch();
    removeEventListener('pagehide', shown.closeAll);
    shown.closeAll();
  };
}

/** The name of the conversation, and who says what in it; outside of the page nothing keeps the direction of a text. */
function textOf(texts: Texts, { summary, message }: NewMessage): NotificationText {
  const { content, sender } = message;
  const said = summary.type === 'direct' ? content : `${sender.displayName}: ${content}`;
  return {
    title: plainLine(conversationName(texts, summary), LONGEST_TITLE),
    body: plainLine(said, LONGEST_BODY),
  };
}
