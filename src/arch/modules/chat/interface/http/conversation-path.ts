import { z } from 'zod';
import { DEMO_CONVERSATION, DEMO_USERS } from '../../../../common/domain/demo-data.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { inviteExample, inviteTokenExample, messageExample, threadExample } from './dto/examples.js';

/** The parameters of routes below one conversation. */
export const conversationId = idParameter('the conversation', DEMO_CONVERSATION.id);
export const threadId = idParameter('the thread', threadExample.id);
export const memberId = idParameter('the user', DEMO_USERS[1].id);
export const messageId = idParameter('the message', messageExample.id);
export const inviteId = idParameter('the invite', inviteExample.id);
/** Any text: one that is no token is an unknown one. */
export const inviteToken = z
  .string()
  .meta({ description: 'The token of an invite. It is a secret.', example: inviteTokenExample });

/** Errors of every route below one conversation, before its own rules. */
export const ACCESS_ERRORS = ['CONVERSATION_NOT_FOUND', 'NOT_CONVERSATION_MEMBER'] as const;
/** Errors of every route below one message, before its own rules. */
export const MESSAGE_ERRORS = [...ACCESS_ERRORS, 'MESSAGE_NOT_FOUND'] as const;
