import type { settings as English } from '../en/settings.ts';

export const settings: typeof English = {
  settings: 'Réglages',
  sections: {
    profile: 'Profil',
    privacy: 'Confidentialité',
    devices: 'Appareils',
    notifications: 'Notifications',
    appearance: 'Langue et apparence',
  },
  needsConnection: 'Pas de connexion. Cela pourra être changé dès qu’elle revient.',
  saved: 'Enregistré.',

  picture: 'Photo',
  pictureHint: 'JPEG, PNG ou WebP, 2 Mo au plus.',
  choosePicture: 'Choisir une photo',
  removePicture: 'Retirer',
  pictureIsSent: 'La photo est en cours d’envoi',
  pictureTooLarge: 'Cette photo est trop lourde. La précédente reste en place.',
  pictureOfOtherKind:
    'Cette image ne peut pas être affichée : il faut un JPEG, un PNG ou un WebP. La précédente reste en place.',
  pictureTooWide: 'Cette photo a trop de pixels : 4 096 × 4 096 au plus. La précédente reste en place.',

  about: 'À propos de vous',
  bio: 'Quelques mots sur vous',
  bioRefused: 'Ce texte n’est pas possible : il doit être visible.',

  password: 'Mot de passe',
  passwordText: 'Tous les appareils sont déconnectés, celui-ci aussi. Vous vous reconnectez avec le nouveau.',
  currentPassword: 'Mot de passe actuel',
  newPassword: 'Nouveau mot de passe',
  changePassword: 'Changer le mot de passe',
  passwordChanged: 'Le mot de passe est changé. Connectez-vous avec le nouveau.',
  wrongPassword: 'Ce n’est pas votre mot de passe.',

  deleteAccount: 'Supprimer le compte',
  deleteText: 'Vos messages restent où ils sont, sous le nom « Deleted user ».',
  deleteAsks:
    'Votre profil, votre photo et toutes vos connexions sont effacés, et vous quittez toutes les conversations. C’est irréversible.',
  deleteNow: 'Supprimer pour toujours',
  accountDeleted: 'Votre compte est supprimé.',

  whoAdds: 'Qui peut m’écrire le premier ou m’ajouter à un groupe',
  whoSeesPresence: 'Qui voit si je suis en ligne',
  presenceHint: 'C’est réciproque : vous ne voyez que les personnes qui peuvent vous voir.',
  circles: { everyone: 'Tout le monde', contacts: 'Les personnes à qui j’ai écrit', nobody: 'Personne' },
  receipts: 'Les autres voient jusqu’où j’ai lu',
  receiptsHint: 'Sans cela, vous ne voyez pas non plus jusqu’où ils ont lu.',
  reading: 'Ce que les autres voient',
  reachable: 'Vous joindre',
  blocked: 'Personnes bloquées',
  blockedText:
    'Vous ne pouvez pas vous écrire, et elles ne peuvent pas vous ajouter à un groupe. Elles n’en sont pas averties.',
  noneBlocked: 'Vous n’avez bloqué personne.',
  blockedSince: (time) => `Depuis le ${time}`,
  unblock: 'Débloquer',
  unblockName: (name) => `Débloquer ${name}`,

  thisDevice: 'Cet appareil',
  otherDevices: 'Autres appareils',
  onlyThis: 'Seulement celui-ci.',
  lastUsed: (ago) => `Dernière utilisation ${ago}`,
  unknownDevice: 'Appareil inconnu',
  deviceOn: (browser, system) => `${browser} sur ${system}`,
  endDevice: 'Déconnecter',
  endDeviceName: (name) => `Déconnecter ${name}`,
  endOthers: 'Déconnecter tous les autres appareils',
  endOthersAsks: 'Vous restez connecté ici. Sur tous les autres, il faudra se reconnecter.',
  othersEnded: 'Tous les autres appareils sont déconnectés.',

  notificationsText:
    'Quand quelqu’un vous écrit alors que vous regardez ailleurs, une notification vous le dit, sans son.',
  notificationsRules:
    'Les conversations en sourdine se taisent, sauf si vous y êtes mentionné. Ce que chacune signale se règle dans ses détails.',
  turnOn: 'Activer',
  turnOff: 'Désactiver',
  areOn: 'Cet appareil affiche les notifications.',
  areOff: 'Cet appareil n’affiche pas de notifications.',
  areDenied: 'Le navigateur ne laisse pas cette page afficher de notifications.',
  howToAllow:
    'Pour changer cela, choisissez le signe à gauche de l’adresse, puis « Notifications » ou « Autorisations », et autorisez-les. Dans une application sur téléphone, elles sont dans les réglages de l’appareil.',
  notAllowed: 'Elles n’ont pas été autorisées. Rien n’a changé.',
  areUnsupported: 'Ce navigateur ne peut pas afficher de notifications de cette page.',
  firstNotification: 'Les notifications sont activées. Elles ressemblent à ceci.',

  language: 'Langue',
  languageOfBrowser: 'Celle du navigateur',
  english: 'English',
  french: 'Français',
  theme: 'Apparence',
  themeSystem: 'Celle de l’appareil',
  themeLight: 'Claire',
  themeDark: 'Sombre',
};
