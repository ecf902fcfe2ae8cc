type ViolationKind =
  | 'lost'
  | 'doubled'
  | 'foreign'
  | 'hole'
  | 'rev'
  | 'altered'
  | 'phantom'
  | 'wrong-answer'
  | 'acknowledged-twice'
  | 'real-time-order'
  | 'sender-order'
  | 'delivery-doubled'
  | 'delivery-order'
  | 'delivery-missing'
  | 'diverging-list'
  | 'addition-missing'
  | 'addition-wrong'
  | 'invitation-missing'
  | 'changes-members'
  | 'conversation-list'
  | 'conversation-doubled'
  | 'head'
  | 'unread-count'
  | 'read-position'
  | 'read-missing'
  | 'read-wrong'
  | 'ended-session'
  | 'leak'
  | 'odd-answer';

export interface Violation {
  readonly kind: ViolationKind;
  readonly text: string;
}
