import type { session as English } from '../en/session.ts';

export const session: typeof English = {
  logIn: 'Se connecter',
  signUp: 'Créer un compte',
  logOut: 'Se déconnecter',
  email: 'E-mail',
  password: 'Mot de passe',
  name: 'Nom',
  nameHint: 'Celui que les autres voient',
  passwordHint: 'Au moins 8 caractères ; quelques mots valent mieux',
  nameRefused: 'Ce nom n’est pas possible : il doit tenir sur une ligne et être visible.',
  emailRefused: 'Ce n’est pas une adresse e-mail.',
  passwordRefused: 'Ce mot de passe est trop facile à deviner.',
  invalidCredentials: 'E-mail ou mot de passe incorrect.',
  emailTaken: 'Un compte existe déjà pour cet e-mail.',
  noAccount: 'Pas encore de compte ?',
  hasAccount: 'Déjà un compte ?',
  loggingIn: 'Connexion …',
  signedOutElsewhere: 'Session terminée',
  signedOutHow:
    'Vous avez été déconnecté depuis un autre onglet ou un autre appareil, le mot de passe a changé, ou votre absence a trop duré.',
  logInAgain: 'Se reconnecter',
  unsent:
    'Certains messages ne sont pas encore envoyés. Ils seront perdus si vous vous déconnectez maintenant.',
  logOutAnyway: 'Se déconnecter quand même',
};
