import type { Texts } from '../en.ts';
import { plural } from '../plural.ts';

export const inbox: Texts['inbox'] = {
  threads: 'Fils',
  mentions: 'Mentions',
  unread: (count) => plural('fr', count, { one: '# non lu', other: '# non lus' }),
  newReplies: (count) => plural('fr', count, { one: '# nouvelle', other: '# nouvelles' }),
  noThreads: 'Vous ne suivez encore aucun fil. Ceux où vous écrivez et ceux que vous suivez s’affichent ici.',
  noMentions: 'Personne ne vous a encore mentionné.',
  showNew: 'Afficher les nouveautés',
};
