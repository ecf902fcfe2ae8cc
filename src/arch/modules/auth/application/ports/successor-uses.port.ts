export abstract class SuccessorUsesPort {
  /**
   * Notes that somebody has an access token which was issued with this successor, so that its predecessor need not yield
   * it any more (ADR 8). The first note is stored soon after; further ones cost nothing.
   */
  abstract noteUse(successorId: string): void;
}
