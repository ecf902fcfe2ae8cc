export type * from './contract.ts';
export { limits } from './contract.ts';
