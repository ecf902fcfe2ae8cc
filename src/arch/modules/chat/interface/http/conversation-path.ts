import { DEMO_CONVERSATION, DEMO_USERS } from '../../../../common/domain/demo-data.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';

/** The parameters of routes below one conversation. */
export const conversationId = idParameter('the conversation', DEMO_CONVERSATION.id);
export const memberId = idParameter('the user', DEMO_USERS[1].id);

/** Errors of every route below one conversation, before its own rules. */
export const ACCESS_ERRORS = ['CONVERSATION_NOT_FOUND', 'NOT_CONVERSATION_MEMBER'] as const;
