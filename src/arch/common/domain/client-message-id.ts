/** What a sender may call a message, so that a retry of it is recognised. */
export const CLIENT_MESSAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;
