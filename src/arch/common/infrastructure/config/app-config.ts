import { join, resolve } from 'node:path';
import type { Environment } from './environment.schema.js';

type Settings = Environment & { readonly JWT_ACCESS_SECRET: string };

/** The settings of this process, parsed once at start. */
export class AppConfig {
  /** @param misspelt variables that are not read and look as if they were to be, for whoever starts the process */
  constructor(
    readonly env: Readonly<Settings>,
    readonly misspelt: readonly string[] = [],
  ) {}

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }

  /** Where avatars lie: in `UPLOAD_DIR`, which all nodes share. */
  get avatarDir(): string {
    return resolve(this.env.UPLOAD_DIR ?? join(this.env.DATA_DIR, 'uploads'), 'avatars');
  }

  get servesDocs(): boolean {
    return this.env.API_DOCS ?? !this.isProduction;
  }

  /** Whether only this machine reaches the server, and no proxy brings anybody else. */
  get isLocalDevelopment(): boolean {
    const { NODE_ENV, HOST = 'localhost', TRUST_PROXY } = this.env;
    return NODE_ENV === 'development' && TRUST_PROXY === 0 && /^(localhost|127\..*|::1)$/.test(HOST);
  }
}
