import { common } from './en/common.ts';
import { composer } from './en/composer.ts';
import { conversation } from './en/conversation.ts';
import { details } from './en/details.ts';
import { inbox } from './en/inbox.ts';
import { invites } from './en/invites.ts';
import { list } from './en/list.ts';
import { message } from './en/message.ts';
import { people } from './en/people.ts';
import { pins } from './en/pins.ts';
import { problems } from './en/problems.ts';
import { session } from './en/session.ts';
import { thread } from './en/thread.ts';

export const texts = {
  common,
  composer,
  conversation,
  details,
  inbox,
  invites,
  list,
  message,
  people,
  pins,
  problems,
  session,
  thread,
};

/** The texts of a language, by part of the client. */
export type Texts = typeof texts;
