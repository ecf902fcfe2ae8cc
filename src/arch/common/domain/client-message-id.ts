const CLIENT_MESSAGE_ID_MAX = 64;

/** The pattern of the id that a sender may give to a message, so that a retry is recognised. */
export const CLIENT_MESSAGE_ID = new RegExp(`^[A-Za-z0-9_-]{1,${CLIENT_MESSAGE_ID_MAX}}$`);
