import type { CauserieClient, ConversationSummary } from '@causerie/client';
import { conversationName } from '../list/names.ts';
import type { Texts } from '../texts/en.ts';
import { plainLine } from '../texts/plain-line.ts';
import { isWorthTelling } from './is-worth-telling.ts';
import { createNewMessages, type NewMessage } from './new-messages.ts';
import { createRecent } from './recent.ts';
import { createShownNotifications, type NotificationText } from './shown-notifications.ts';
import { isLookedAt } from './tab-roles.ts';

/** Between the end of the tab that notified and the beginning of this one messages may come; older ones were told. */
const GAP_MS = 2_000;
const LONGEST_TITLE = 80;
const LONGEST_BODY = 200;

/** Tells of what is new in a list: of conversations, or of threads. */
export interface Teller {
  /** The list as it is now. */
  readonly update: (items: readonly ConversationSummary[]) => void;
  /** From now on it is this tab that tells, also of what has come just before. */
  readonly begin: () => void;
  readonly end: () => void;
  readonly closeAll: () => void;
}

/** @param open shows a message */
export function createTeller(
  { session }: Pick<CauserieClient, 'session'>,
  texts: Texts,
  open: (found: NewMessage) => void,
): Teller {
  const findNew = createNewMessages();
  const leftToOthers = createRecent<NewMessage>(GAP_MS);
  const shown = createShownNotifications((found) => {
    window.focus();
    open(found);
  });
  let isNotifier = false;
  let listed: readonly ConversationSummary[] = [];

  async function tell(found: NewMessage): Promise<void> {
    const { id, details } = found.summary;
    if (await isLookedAt(details.parent?.messageId ?? id)) return;
    // It may have been read meanwhile.
    const summary = listed.find((one) => one.id === id);
    const userId = session.state.getSnapshot().user?.id ?? '';
    if (isNotifier && summary && isWorthTelling({ ...found, summary }, userId))
      shown.show(found, textOf(texts, found));
  }

  return {
    update(items) {
      listed = items;
      shown.closeRead(items);
      const found = findNew(items);
      // All tabs know what is new, so that any of them can go on where another one was closed.
      if (isNotifier) for (const one of found) void tell(one);
      else leftToOthers.add(found);
    },
    begin() {
      isNotifier = true;
      for (const one of leftToOthers.take()) void tell(one);
    },
    end() {
      isNotifier = false;
      shown.closeAll();
    },
    closeAll: shown.closeAll,
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
