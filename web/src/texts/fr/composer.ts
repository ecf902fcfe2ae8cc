import type { Texts } from '../en.ts';

export const composer: Texts['composer'] = {
  replyTo: (name) => `Réponse à ${name} :`,
  editing: 'Vous modifiez votre message.',
  recalled: 'Ce message n’a pas été envoyé.',
  onlyAdmins: 'Seuls le propriétaire et les administrateurs écrivent ici.',
  mention: 'Personnes à mentionner',
  wordForEverybody: 'tous',
  everybody: 'Tout le monde ici',
  enterKey: 'Touche Entrée',
  enterSends: 'Envoie le message',
  enterBreaks: 'Passe à la ligne ; Ctrl et Entrée envoie',
};
