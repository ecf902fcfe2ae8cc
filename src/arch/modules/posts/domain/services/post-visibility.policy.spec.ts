import { describe, expect, it } from 'vitest';
import { ForbiddenPostAccessError } from '../errors/forbidden-post-access.error.js';
import { PostNotFoundError } from '../errors/post-not-found.error.js';
import type { PostVisibility } from '../models/post.model.js';
import { requireOwnPost, requireReadablePost, requirePost } from './post-visibility.policy.js';

const OWNER = 'owner';
const STRANGER = 'stranger';
const post = (visibility: PostVisibility) => ({ ownerId: OWNER, visibility });

describe('requireReadablePost', () => {
  it.each([undefined, STRANGER, OWNER])('lets %s read a public post', (reader) => {
    expect(() => requireReadablePost(post('public'), reader)).not.toThrow();
  });

  it('lets the owner read a private one', () => {
    expect(() => requireReadablePost(post('private'), OWNER)).not.toThrow();
  });

  it.each([undefined, STRANGER, ''])('keeps a private one from %j', (reader) => {
    expect(() => requireReadablePost(post('private'), reader)).toThrow(ForbiddenPostAccessError);
  });

  it('treats every visibility except public as private', () => {
    const unknown = post('unheard of' as PostVisibility);
    expect(() => requireReadablePost(unknown, undefined)).toThrow(ForbiddenPostAccessError);
  });
});

describe('requireOwnPost', () => {
  it.each(['public', 'private'] as const)('lets only the owner change a %s post', (visibility) => {
    expect(() => requireOwnPost(post(visibility), OWNER)).not.toThrow();
    expect(() => requireOwnPost(post(visibility), STRANGER)).toThrow(ForbiddenPostAccessError);
  });
});

describe('requirePost', () => {
  it('requires that the post exists', async () => {
    await expect(requirePost('id', { findById: async () => null })).rejects.toThrow(PostNotFoundError);
  });
});
