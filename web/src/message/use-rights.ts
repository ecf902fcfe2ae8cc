import { useConversation, useObservable } from '@causerie/react';
import { isSameRights, type Rights, rightsOf } from './rights.ts';

/** What the user may do in a conversation; a new message there renders nothing again. */
export const useRights = (conversationId: string): Rights =>
  useObservable(useConversation(conversationId).summary, null, rightsOf, isSameRights);
