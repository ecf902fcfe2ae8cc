import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/arch/common/infrastructure/database/{schema,users.table}.ts',
  out: './src/arch/common/infrastructure/database/migrations',
});
