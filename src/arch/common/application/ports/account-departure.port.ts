export abstract class AccountDeparturePort {
  /**
   * Ends every membership of a user who is going. Each takes a `rev` of its conversation; where the user was
   * the owner, the oldest admin, else the oldest member, becomes it. Repeating it is harmless.
   */
  abstract leaveAllConversations(userId: string): Promise<void>;
}
