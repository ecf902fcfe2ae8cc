import type { Texts } from './en.ts';
import { common } from './fr/common.ts';
import { composer } from './fr/composer.ts';
import { conversation } from './fr/conversation.ts';
import { details } from './fr/details.ts';
import { inbox } from './fr/inbox.ts';
import { invites } from './fr/invites.ts';
import { list } from './fr/list.ts';
import { message } from './fr/message.ts';
import { people } from './fr/people.ts';
import { pins } from './fr/pins.ts';
import { problems } from './fr/problems.ts';
import { session } from './fr/session.ts';
import { thread } from './fr/thread.ts';

export const texts: Texts = {
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
