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
  | 'leak'
  | 'odd-answer';

export interface Violation {
  readonly kind: ViolationKind;
  readonly text: string;
}
