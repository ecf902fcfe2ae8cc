export abstract class AccountDeparturePort {
  /**
   * Ends every membership of a user whose account is being deleted. Each takes a `rev` of its conversation; where the
   * user was the owner, the oldest admin, otherwise the oldest member, becomes the owner. Idempotent.
   */
  abstract leaveAllConversations(userId: string): Promise<void>;
}
