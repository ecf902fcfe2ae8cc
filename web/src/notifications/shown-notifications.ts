import type { ConversationSummary } from '@causerie/client';
import type { NewMessage } from './new-messages.ts';

interface Shown {
  readonly seq: number;
  readonly notification: Notification;
}

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** The notifications that this tab shows: one for a conversation at a time, that of its newest message. */
export interface ShownNotifications {
  readonly show: (found: NewMessage, text: NotificationText) => void;
  /** Closes those whose message was read, or deleted, or whose conversation is gone. */
  readonly closeRead: (items: readonly ConversationSummary[]) => void;
  readonly closeAll: () => void;
}

/** @param onClick opens the message */
export function createShownNotifications(onClick: (found: NewMessage) => void): ShownNotifications {
  const shown = new Map<string, Shown>();

  function close(id: string): void {
    shown.get(id)?.notification.close();
    shown.delete(id);
  }

  return {
    show(found, { title, body }) {
      const { summary, message } = found;
      close(summary.id);
      const icon = message.sender.avatarUrl ?? '/favicon.svg';
      // The tag: should two tabs notify after all, the one replaces the other.
      const notification = new Notification(title, { body, icon, tag: message.id, silent: true });
      notification.addEventListener('click', () => {
        close(summary.id);
        onClick(found);
      });
      shown.set(summary.id, { seq: message.seq, notification });
    },
    closeRead(items) {
      if (shown.size === 0) return;
      const summaries = new Map(items.map((summary) => [summary.id, summary]));
      for (const [id, { seq }] of shown) {
        const summary = summaries.get(id);
        const last = summary?.details.lastMessage;
        if (!summary || summary.lastReadSeq >= seq || (last?.seq === seq && last.deletedAt)) close(id);
      }
    },
    closeAll() {
      for (const id of shown.keys()) close(id);
    },
  };
}
