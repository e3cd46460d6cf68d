import { UsageError } from '../shared/errors.js';

/** Reads the URL to probe. What may hold a password is not repeated in the refusal. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    const got = /[@?#]/.test(text) ? 'something else, not shown as it may hold a password' : `"${text}"`;
    throw new UsageError(`URL: got ${got}; write a whole URL such as http://myapp.example.com/`);
  }
  return url;
}

/** The URL without secrets: user and password are left out, and the query, which may hold a token, is `***`. */
export function shownUrl({ origin, pathname, search }: URL): string {
  return origin + pathname + (search === '' ? '' : '?***');
}

/** The URL without user and password. */
export function withoutUser(url: URL): URL {
  const rest = new URL(url);
  rest.username = '';
  rest.password = '';
  return rest;
}

/** The value of the header that sends the user and the password of a URL (RFC 7617), if it has them. */
export function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') {
    return undefined;
  }
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch {
    throw new UsageError(
      'URL: its user or password has a % that is not part of a code such as %2F; write %25 for it',
    );
  }
}
