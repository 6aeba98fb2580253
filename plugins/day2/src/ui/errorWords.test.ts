import { httpError, networkError } from '../__testUtils__/fakeApi';
import { errorKind } from './errorWords';

describe('errorKind', () => {
  it.each([
    [httpError(401), 'signed-out'],
    [httpError(403), 'forbidden'],
    [httpError(404), 'not-found'],
    [httpError(429), 'too-many'],
    [httpError(500), 'server'],
    [httpError(503), 'server'],
    [httpError(400), 'bad-request'],
    [httpError(418), 'other'],
    [networkError(), 'network'],
    [new Error('who knows'), 'other'],
  ])('%s', (error, kind) => {
    expect(errorKind(error)).toBe(kind);
  });
});
