import type { common as English } from '../en/common.ts';
import { plural } from '../plural.ts';

export const common: typeof English = {
  cancel: 'Annuler',
  close: 'Fermer',
  retry: 'Réessayer',
  save: 'Enregistrer',
  more: 'Afficher la suite',
  loading: 'Chargement …',
  back: 'Retour',
  you: 'Vous',
  deletedUser: 'Compte supprimé',
  people: (names) => new Intl.ListFormat('fr').format(names),
  memberCount: (count) => plural('fr', count, { one: '# membre', other: '# membres' }),
  failed: 'Cela n’a pas fonctionné.',
  noConnection: 'Pas de connexion. Rien n’est perdu : ce que vous écrivez part dès qu’elle revient.',
  connecting: 'Connexion …',
  noAnswer: 'Le serveur ne répond pas. Réessayez.',
  tooManyRequests: (seconds) =>
    plural('fr', seconds, {
      one: 'Trop souvent. Réessayez dans # seconde.',
      other: 'Trop souvent. Réessayez dans # secondes.',
    }),
  pageNotFound: 'Cette page n’existe pas.',
  toConversations: 'Aller aux conversations',
};
