import type { Conversation } from '@causerie/client';

/** Draws a conversation as lines of text, whenever something has changed. Returns how to end it. */
export function showChat(conversation: Conversation, draw: (lines: readonly string[]) => void): () => void {
  const redraw = (): void => {
    const { items, stale } = conversation.timeline.getSnapshot();
    const lines = items.map((item) => {
      if (item.kind === 'message') return `${item.message.sender.displayName}: ${item.message.content}`;
      return `${item.pending.content} (${item.pending.status === 'failed' ? 'not sent' : 'sending'})`;
    });
    draw(stale ? [...lines, 'catching up'] : lines);
  };
  void conversation.timeline.open();
  redraw();
  return conversation.timeline.subscribe(redraw);
}
