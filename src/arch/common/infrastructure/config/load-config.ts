import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { schemaWords } from '../../domain/schema-words.js';
import { AppConfig } from './app-config.js';
import { developmentSecret } from './development-secret.js';
import { environmentSchema } from './environment.schema.js';
import { misspeltVariables } from './misspelt-variables.js';
import { StartupError } from './startup.error.js';

/** Reads the environment, whose variables take precedence over those of `.env`. */
export function loadConfig(): AppConfig {
  readEnvFile();
  return parseConfig(process.env);
}

function readEnvFile(): void {
  try {
    loadEnvFile('.env');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new StartupError(`.env cannot be read: ${code ?? message}.`);
  }
}

/** @throws StartupError with the names of the invalid variables, never their values */
export function parseConfig(variables: NodeJS.ProcessEnv): AppConfig {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given, { error: schemaWords });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new StartupError(`Configuration: ${problems.join('; ')}.`);
  }
  const env = { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
  return new AppConfig(
    { ...env, JWT_ACCESS_SECRET: env.JWT_ACCESS_SECRET ?? developmentSecret(env.DATA_DIR) },
    misspeltVariables(Object.keys(given), Object.keys(environmentSchema.shape)),
  );
}
