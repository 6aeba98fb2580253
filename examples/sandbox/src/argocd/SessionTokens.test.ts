import { SessionTokens } from './SessionTokens';

describe('SessionTokens', () => {
  let now = Date.UTC(2026, 9, 30);
  const tokens = SessionTokens.create({ token: 'secret', now: () => now });

  it('takes its token, and one of who signed in until it expires', () => {
    expect(tokens.refuse('Bearer secret')).toBeUndefined();
    const session = tokens.signIn('day2', 'secret');
    expect(tokens.refuse(`bearer ${session}`)).toBeUndefined();
    now += 24 * 3_600_000;
    expect(tokens.refuse(`Bearer ${session}`)).toMatch(/token is expired$/);
    expect(tokens.refuse('Bearer secret')).toBeUndefined();
  });

  it('signs in nobody else', () => {
    expect(tokens.signIn('day2', 'secreT')).toBeUndefined();
    expect(tokens.signIn('admin', 'secret')).toBeUndefined();
    expect(tokens.signIn('day2', ['secret'])).toBeUndefined();
    expect(tokens.signIn(undefined, undefined)).toBeUndefined();
  });

  it.each([
    [undefined, /^no session information$/],
    ['', /^no session information$/],
    ['Basic c2VjcmV0', /^no session information$/],
    ['Bearer wrong', /^invalid session: token is malformed/],
    ['Bearer a.b.c', /^invalid session: token signature is invalid/],
  ])('refuses %p as Argo CD does', (header, message) => {
    expect(tokens.refuse(header)).toMatch(message);
  });

  it('refuses a session of another Argo CD', () => {
    const other = SessionTokens.create({ token: 'other', now: () => now });
    expect(tokens.refuse(`Bearer ${other.signIn('day2', 'other')}`)).toMatch(
      /signature is invalid/,
    );
  });
});
