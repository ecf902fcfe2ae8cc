import type { Environment } from './environment.schema.js';

type Settings = Environment & { readonly JWT_ACCESS_SECRET: string };

/** The settings of this process, parsed once at start. */
export class AppConfig {
  constructor(readonly env: Readonly<Settings>) {}

  get isProduction(): boolean {
    return this.env.NODE_ENV === 'production';
  }
}
