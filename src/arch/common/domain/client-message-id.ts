const CLIENT_MESSAGE_ID_MAX = 64;

/** What a sender may call a message, so that a retry of it is recognised. */
export const CLIENT_MESSAGE_ID = new RegExp(`^[A-Za-z0-9_-]{1,${CLIENT_MESSAGE_ID_MAX}}$`);
