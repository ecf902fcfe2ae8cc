import { join, resolve } from 'node:path';
import type { Environment } from './environment.schema.js';

type Settings = Environment & { readonly JWT_ACCESS_SECRET: string };

/** The settings of this process, parsed once at start. */
export class AppConfig {
  /** @param misspelt unknown variables with names similar to ours, for a warning to the operator */
  constructor(
    readonly env: Readonly<Settings>,
    readonly misspelt: readonly string[] = [],
  ) {}

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }

  /** The folder of avatars, in `UPLOAD_DIR`, which all nodes share. */
  get avatarDir(): string {
    return resolve(this.env.UPLOAD_DIR ?? join(this.env.DATA_DIR, 'uploads'), 'avatars');
  }

  get servesDocs(): boolean {
    return this.env.API_DOCS ?? !this.isProduction;
  }

  /** Whether the server is reachable from this machine only, and without a proxy. */
  get isLocalDevelopment(): boolean {
    const { NODE_ENV, HOST = 'localhost', TRUST_PROXY } = this.env;
    return NODE_ENV === 'development' && TRUST_PROXY === 0 && /^(localhost|127\..*|::1)$/.test(HOST);
  }
}
