import { CursorInvalidError } from './common/domain/errors/cursor-invalid.error.js';
import { ExpectationFailedError } from './common/domain/errors/expectation-failed.error.js';
import { HeadersTooLargeError } from './common/domain/errors/headers-too-large.error.js';
import { IdempotencyKeyReusedError } from './common/domain/errors/idempotency-key-reused.error.js';
import { MalformedJsonError } from './common/domain/errors/malformed-json.error.js';
import { MethodNotAllowedError } from './common/domain/errors/method-not-allowed.error.js';
import { OriginNotAllowedError } from './common/domain/errors/origin-not-allowed.error.js';
import { PayloadTooLargeError } from './common/domain/errors/payload-too-large.error.js';
import { PermissionDeniedError } from './common/domain/errors/permission-denied.error.js';
import { RateLimitedError } from './common/domain/errors/rate-limited.error.js';
import { RequestTimeoutError } from './common/domain/errors/request-timeout.error.js';
import { RoomNotJoinedError } from './common/domain/errors/room-not-joined.error.js';
import { RouteNotFoundError } from './common/domain/errors/route-not-found.error.js';
import { SessionRevokedError } from './common/domain/errors/session-revoked.error.js';
import { ShuttingDownError } from './common/domain/errors/shutting-down.error.js';
import { TokenExpiredError } from './common/domain/errors/token-expired.error.js';
import { TokenInvalidError } from './common/domain/errors/token-invalid.error.js';
import { TokenMissingError } from './common/domain/errors/token-missing.error.js';
import { UnavailableError } from './common/domain/errors/unavailable.error.js';
import { UnknownEventError } from './common/domain/errors/unknown-event.error.js';
import { UnsupportedMediaTypeError } from './common/domain/errors/unsupported-media-type.error.js';
import { UnsupportedTransferEncodingError } from './common/domain/errors/unsupported-transfer-encoding.error.js';
import { UserNotFoundError } from './common/domain/errors/user-not-found.error.js';
import { ValidationFailedError } from './common/domain/errors/validation-failed.error.js';
import { InternalError } from './common/interface/errors/internal.error.js';
import { InvalidCredentialsError } from './modules/auth/domain/errors/invalid-credentials.error.js';
import { RefreshTokenInvalidError } from './modules/auth/domain/errors/refresh-token-invalid.error.js';
import { RefreshTokenReusedError } from './modules/auth/domain/errors/refresh-token-reused.error.js';
import { SessionNotFoundError } from './modules/auth/domain/errors/session-not-found.error.js';
import { AlreadyConversationMemberError } from './modules/chat/domain/errors/already-conversation-member.error.js';
import { CannotAddMemberError } from './modules/chat/domain/errors/cannot-add-member.error.js';
import { CannotChangeConversationError } from './modules/chat/domain/errors/cannot-change-conversation.error.js';
import { CannotChangeRoleError } from './modules/chat/domain/errors/cannot-change-role.error.js';
import { CannotDeleteConversationError } from './modules/chat/domain/errors/cannot-delete-conversation.error.js';
import { CannotRemoveMemberError } from './modules/chat/domain/errors/cannot-remove-member.error.js';
import { CannotRemoveReactionError } from './modules/chat/domain/errors/cannot-remove-reaction.error.js';
import { TooManyReactionsError } from './modules/chat/domain/errors/too-many-reactions.error.js';
import { CannotMentionAllError } from './modules/chat/domain/errors/cannot-mention-all.error.js';
import { ClientMessageIdReusedError } from './modules/chat/domain/errors/client-message-id-reused.error.js';
import { CannotDeleteMessageError } from './modules/chat/domain/errors/cannot-delete-message.error.js';
import { CannotPinMessageError } from './modules/chat/domain/errors/cannot-pin-message.error.js';
import { EditWindowClosedError } from './modules/chat/domain/errors/edit-window-closed.error.js';
import { MessageChangedError } from './modules/chat/domain/errors/message-changed.error.js';
import { MessageDeletedError } from './modules/chat/domain/errors/message-deleted.error.js';
import { NotMessageAuthorError } from './modules/chat/domain/errors/not-message-author.error.js';
import { TooManyPinsError } from './modules/chat/domain/errors/too-many-pins.error.js';
import { ConversationFullError } from './modules/chat/domain/errors/conversation-full.error.js';
import { ConversationNotFoundError } from './modules/chat/domain/errors/conversation-not-found.error.js';
import { DirectConversationError } from './modules/chat/domain/errors/direct-conversation.error.js';
import { InviteNotFoundError } from './modules/chat/domain/errors/invite-not-found.error.js';
import { MemberBannedError } from './modules/chat/domain/errors/member-banned.error.js';
import { MemberNotFoundError } from './modules/chat/domain/errors/member-not-found.error.js';
import { MessageNotFoundError } from './modules/chat/domain/errors/message-not-found.error.js';
import { NotConversationMemberError } from './modules/chat/domain/errors/not-conversation-member.error.js';
import { PostingRestrictedError } from './modules/chat/domain/errors/posting-restricted.error.js';
import { SlowModeError } from './modules/chat/domain/errors/slow-mode.error.js';
import { ThreadNotAllowedError } from './modules/chat/domain/errors/thread-not-allowed.error.js';
import { TooManyInvitesError } from './modules/chat/domain/errors/too-many-invites.error.js';
import { UserNotReachableError } from './modules/chat/domain/errors/user-not-reachable.error.js';
import { ForbiddenPostAccessError } from './modules/posts/domain/errors/forbidden-post-access.error.js';
import { PostNotFoundError } from './modules/posts/domain/errors/post-not-found.error.js';
import { EmailAlreadyUsedError } from './modules/user/domain/errors/email-already-used.error.js';

/**
 * One error of every code, collected from the modules: the documents of both transports list their codes and show them
 * as examples, in this order.
 */
export const ERRORS = [
  new ValidationFailedError([{ path: 'title', message: 'must have 1 to 255 characters' }]),
  new MalformedJsonError(),
  new CursorInvalidError(),
  new TokenMissingError(),
  new TokenInvalidError(),
  new TokenExpiredError(),
  new InvalidCredentialsError(),
  new RefreshTokenInvalidError(),
  new RefreshTokenReusedError(),
  new SessionRevokedError(),
  new PermissionDeniedError(),
  new MessageNotFoundError(),
  new NotConversationMemberError(),
  new CannotAddMemberError(),
  new PostingRestrictedError(),
  new UserNotReachableError(),
  new CannotMentionAllError(),
  new CannotRemoveMemberError(),
  new MemberBannedError(),
  new CannotChangeRoleError(),
  new CannotChangeConversationError(),
  new CannotDeleteConversationError(),
  new NotMessageAuthorError(),
  new EditWindowClosedError(),
  new CannotDeleteMessageError(),
  new CannotPinMessageError(),
  new CannotRemoveReactionError(),
  new ForbiddenPostAccessError(),
  new RoomNotJoinedError(),
  new OriginNotAllowedError(),
  new RouteNotFoundError(),
  new UserNotFoundError(),
  new SessionNotFoundError(),
  new PostNotFoundError(),
  new ConversationNotFoundError(),
  new MemberNotFoundError(),
  new InviteNotFoundError(),
  new UnknownEventError(['send_message']),
  new MethodNotAllowedError(['GET', 'POST']),
  new RequestTimeoutError(),
  new EmailAlreadyUsedError(),
  new AlreadyConversationMemberError(),
  new ClientMessageIdReusedError(),
  new IdempotencyKeyReusedError(),
  new ConversationFullError(),
  new DirectConversationError(),
  new ThreadNotAllowedError(),
  new TooManyInvitesError(),
  new MessageDeletedError(),
  new MessageChangedError(),
  new TooManyPinsError(),
  new TooManyReactionsError(),
  new PayloadTooLargeError(),
  new UnsupportedMediaTypeError(),
  new ExpectationFailedError(),
  new RateLimitedError(1_000),
  new SlowModeError(1_000),
  new HeadersTooLargeError(),
  new InternalError(),
  new UnsupportedTransferEncodingError(),
  new UnavailableError(),
  new ShuttingDownError(),
] as const;

/** Every code of an answer. Clients switch on these, never on texts. */
export type ErrorCode = (typeof ERRORS)[number]['code'];
