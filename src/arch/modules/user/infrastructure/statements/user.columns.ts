import { users } from '../../../../common/infrastructure/database/users.table.js';

/** The columns of the model: an allow-list, so that a new column is not read until it is named here. */
export const userColumns = {
  id: users.id,
  email: users.email,
  displayName: users.displayName,
  bio: users.bio,
  avatarUrl: users.avatarUrl,
  addableBy: users.addableBy,
  presence: users.presence,
  readReceipts: users.readReceipts,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};
