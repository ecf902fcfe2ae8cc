import { isCauserieError, type Session, type Tokens } from '@causerie/client';

/** What the page around this one sends, after `/auth/login` has answered its backend. */
interface TokensMessage {
  readonly type: 'causerie:tokens';
  readonly tokens: Tokens;
}

/**
 * In a frame, asks the page around this one for tokens, and signs in with what it sends. Nobody else can be around it than the
 * origins of `WEB_FRAME_ANCESTORS`: the browser shows it to no other (`frame-ancestors`), and takes the frame away with its page.
 */
export function acceptTokensOfEmbedder(session: Session): void {
  const { parent } = window;
  if (parent === window) return;
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== parent || !isTokensMessage(data)) return;
    session.adopt(knownOf(data.tokens)).then(
      () => parent.postMessage({ type: 'causerie:signed-in' }, origin),
      (error: unknown) => {
        const code = isCauserieError(error) ? error.code : 'INTERNAL';
        parent.postMessage({ type: 'causerie:refused', code }, origin);
      },
    );
  });
  // It tells nothing, so that whoever is there may hear it.
  parent.postMessage({ type: 'causerie:ready' }, '*');
}

function isTokensMessage(data: unknown): data is TokensMessage {
  const { type, tokens } = (data ?? {}) as Partial<TokensMessage>;
  return (
    type === 'causerie:tokens' &&
    isText(tokens?.accessToken) &&
    isText(tokens.refreshToken) &&
    Number.isFinite(tokens.expiresIn) &&
    isText(tokens.user?.id) &&
    isText(tokens.user.displayName)
  );
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** They are stored: whatever else a backend has put beside them is not. */
const knownOf = ({ accessToken, refreshToken, expiresIn, tokenType, user }: Tokens): Tokens => ({
  accessToken,
  refreshToken,
  expiresIn,
  tokenType,
  user,
});
