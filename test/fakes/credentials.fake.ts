import type { CredentialsPort } from '../../src/arch/modules/auth/application/ports/credentials.port.js';

export class CredentialsFake implements CredentialsPort {
  /** By user. */
  hashes = new Map<string, string>();

  async createCredentials(userId: string, passwordHash: string): Promise<void> {
    if (this.hashes.has(userId)) throw new Error(`The user ${userId} has credentials.`);
    this.hashes.set(userId, passwordHash);
  }

  async findPasswordHash(userId: string): Promise<string | null> {
    return this.hashes.get(userId) ?? null;
  }

  async holdPassword(userId: string, passwordHash: string): Promise<boolean> {
    return this.hashes.get(userId) === passwordHash;
  }

  async changePassword(userId: string, passwordHash: string): Promise<void> {
    if (this.hashes.has(userId)) this.hashes.set(userId, passwordHash);
  }

  async eraseCredentials(userId: string): Promise<void> {
    this.hashes.delete(userId);
  }

  /** Returns a function that restores the present state. */
  remember(): () => void {
    const hashes = new Map(this.hashes);
    return () => void Object.assign(this, { hashes });
  }
}
