// Keeps the tokens of a session up to date, and sends requests with them.

/** Repeats an attempt after a temporary failure: no network, an outage, a rate limit. */
export async function untilAnswered(attempt) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error.statusCode && ![429, 503].includes(error.statusCode)) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs || 2_000));
    }
  }
}

/** Logs in. Rejects with the server's error (`code`, `message`), or like `fetch` when the server does not answer. */
export async function logIn(url, email, password) {
  let tokens = await call('POST', '/auth/login', { body: { email, password } });
  let refreshing;

  async function call(method, path, { token, body }) {
    const response = await fetch(url + path, {
      method,
      headers: token ? { authorization: `Bearer ${token}` } : { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const retryAfterMs = 1_000 * response.headers.get('retry-after');
    throw Object.assign(new Error(answer.message), answer, { retryAfterMs });
  }

  return {
    user: tokens.user,
    token: () => tokens.accessToken,

    /**
     * Gets newer tokens. A refresh token is valid for one use, so concurrent callers share one request. When its answer is
     * lost, the same refresh token gets the same new one.
     */
    refresh() {
      const body = { refreshToken: tokens.refreshToken };
      refreshing ??= untilAnswered(() => call('POST', '/auth/refresh', { body }))
        .then((answer) => void (tokens = answer))
        .finally(() => (refreshing = undefined));
      return refreshing;
    },

    async get(path) {
      try {
        return await untilAnswered(() => call('GET', path, { token: tokens.accessToken }));
      } catch (error) {
        if (error.code !== 'TOKEN_EXPIRED') throw error;
        await this.refresh();
        return this.get(path);
      }
    },
  };
}
