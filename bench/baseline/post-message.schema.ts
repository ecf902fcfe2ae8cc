const text = { type: 'string' } as const;
const nothing = { type: 'null' } as const;

/** Schema that validates the body. Fastify also compiles the answer's serializer from it, faster than `JSON.stringify`. */
export const POST_MESSAGE = {
  body: {
    type: 'object',
    required: ['content'],
    properties: {
      content: { ...text, minLength: 1, maxLength: 4_000 },
      clientMessageId: { ...text, maxLength: 64 },
    },
  },
  response: {
    201: {
      type: 'object',
      properties: {
        id: text,
        conversationId: text,
        senderId: text,
        sender: { type: 'object', properties: { id: text, displayName: text, avatarUrl: nothing } },
        content: text,
        createdAt: text,
        seq: { type: 'integer' },
        rev: { type: 'integer' },
        clientMessageId: { type: ['string', 'null'] },
        editedAt: nothing,
        deletedAt: nothing,
      },
    },
  },
};
