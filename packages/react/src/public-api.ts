'use client';

export { CauserieProvider } from './causerie-provider.tsx';
export type { CauserieProviderProps } from './causerie-provider.tsx';
export { useClient } from './client-context.ts';
export { MessageWindow } from './message-window.tsx';
export type {
  MessageWindowHandle,
  MessageWindowProps,
  ReadingPlace,
  WindowEnd,
} from './message-window-props.ts';
export { useConversation, useDraft, useRead, useSummary, useTyping } from './use-conversation.ts';
export { useConversations } from './use-conversations.ts';
export type { Conversations } from './use-conversations.ts';
export { useMembers } from './use-members.ts';
export type { Members } from './use-members.ts';
export { useObservable } from './use-observable.ts';
export { useConnection, useOutbox, useSession, useTotals } from './use-session.ts';
export { useOpenTimeline, useTimeline } from './use-timeline.ts';
export type { OpenTimeline, TimelineOptions } from './use-timeline.ts';
export { usePresence, useUser } from './use-user.ts';
export { useVisit } from './use-visit.ts';
export type { WindowItem, WindowState, WindowTimeline } from './window-timeline.ts';
