import type { Texts } from '../en.ts';

export const thread: Texts['thread'] = {
  thread: 'Fil',
  beginning: 'Le message qui ouvre le fil',
  noReplies: 'Pas encore de réponse. Écrivez la première.',
  write: 'Répondre dans le fil',
  follow: 'Suivre',
  unfollow: 'Ne plus suivre',
  followHint: 'Qui suit un fil est prévenu des nouvelles réponses.',
};
