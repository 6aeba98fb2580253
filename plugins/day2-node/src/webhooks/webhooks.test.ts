import {
  basicVerifier,
  bearerVerifier,
  hmacVerifier,
  type HmacVerifierOptions,
} from '.';

const body = '{"event":"incident.triggered"}';
// Each by `openssl dgst -<algorithm> -hmac <secret>` over that body.
const sha256 = {
  s3cret: 'f32dcf2871e1352763958d97cf75616df37dcb676539bac36a18904ccff8b811',
  older: 'bd320fe494a55376107319dc8c79ba81076ee0832317b33d4449c3512cb82e9a',
};
const sha1 = '8c9e670f59886ccb4afa71c026bfc4e8b435d776';
const base64 = '8y3PKHHhNSdjlY2Xz3VhbfN9y2dlObrDahiQTM/4uBE=';
const ofEmptyBody =
  '91dfac70c5348b04e1babb8b421ac92cec08b565b49ca16130dccb72503647b7';

function delivery(headers: Record<string, string | undefined>, text = body) {
  return { headers, body: Buffer.from(text) };
}

describe('hmacVerifier', () => {
  const plain = { header: 'X-Signature', secrets: ['s3cret'] };
  const v1 = { ...plain, prefix: 'v1=' };
  const both = { ...v1, secrets: ['older', 's3cret'] };
  const other = `v1=${'0'.repeat(64)}`;

  it.each<[string, HmacVerifierOptions, string | undefined, boolean]>([
    ['the signature', plain, sha256.s3cret, true],
    ['in upper case', plain, sha256.s3cret.toUpperCase(), true],
    ['of another secret', plain, sha256.older, false],
    ['cut short', plain, sha256.s3cret.slice(0, -2), false],
    ['with more behind it', plain, `${sha256.s3cret}00`, false],
    ['no header', plain, undefined, false],
    ['an empty header', plain, '', false],
    ['only commas', plain, ',,,', false],
    ['sha1', { ...plain, algorithm: 'sha1' }, sha1, true],
    ['sha1 for sha256', plain, sha1, false],
    ['base64', { ...plain, encoding: 'base64' }, base64, true],
    [
      'base64 in lower case',
      { ...plain, encoding: 'base64' },
      base64.toLowerCase(),
      false,
    ],
    ['with its prefix', v1, `v1=${sha256.s3cret}`, true],
    ['without the prefix', v1, sha256.s3cret, false],
    ['with another prefix', v1, `v0=${sha256.s3cret}`, false],
    ['one of several', v1, `${other},v1=${sha256.s3cret}`, true],
    ['with blanks between', v1, `${other}, v1=${sha256.s3cret} `, true],
    ['none of several', v1, `${other},${other}`, false],
    ['the older secret', both, `v1=${sha256.older}`, true],
    ['the newer secret', both, `v1=${sha256.s3cret}`, true],
    [
      'more than a tool sends',
      v1,
      `${`${other},`.repeat(20)}v1=${sha256.s3cret}`,
      false,
    ],
  ])('%s', (_, options, header, verified) => {
    const verify = hmacVerifier(options);
    expect(verify(delivery({ 'x-signature': header }))).toBe(verified);
  });

  it('is of the bytes as they came', () => {
    const verify = hmacVerifier(plain);
    const headers = { 'x-signature': sha256.s3cret };
    expect(verify(delivery(headers, `${body}\n`))).toBe(false);
    expect(verify(delivery(headers, body.replace(':', ': ')))).toBe(false);
    expect(verify(delivery({ 'x-signature': ofEmptyBody }, ''))).toBe(true);
  });

  it.each([[[]], [['']], [['s3cret', '']]])(
    'is not made with the secrets %j',
    secrets => {
      expect(() => hmacVerifier({ ...plain, secrets })).toThrow(/secrets/);
    },
  );
});

describe('bearerVerifier', () => {
  it.each([
    ['Bearer a-token', true],
    ['bearer a-token', true],
    ['Bearer  a-token ', true],
    ['Bearer next-token', true],
    ['Bearer a-token2', false],
    ['Bearer a-toke', false],
    ['Bearer', false],
    ['Bearer ', false],
    ['Basic a-token', false],
    ['a-token', false],
    ['', false],
    [undefined, false],
  ])('%s', (authorization, verified) => {
    const verify = bearerVerifier({ tokens: ['a-token', 'next-token'] });
    expect(verify(delivery({ authorization }))).toBe(verified);
  });

  it('is not made without a token', () => {
    expect(() => bearerVerifier({ tokens: [] })).toThrow(/tokens/);
    expect(() => bearerVerifier({ tokens: [''] })).toThrow(/tokens/);
  });
});

describe('basicVerifier', () => {
  // By `printf … | base64`.
  it.each([
    ['Basic YWxlcnRtYW5hZ2VyOnNlY3JldA==', true],
    ['basic YWxlcnRtYW5hZ2VyOnNlY3JldA==', true],
    // am, with the password päss:w
    ['Basic YW06cMOkc3M6dw==', true],
    // alertmanager:secre
    ['Basic YWxlcnRtYW5hZ2VyOnNlY3Jl', false],
    // alertmanager without a colon
    ['Basic YWxlcnRtYW5hZ2Vy', false],
    ['Basic !!!', false],
    ['Basic', false],
    ['Bearer YWxlcnRtYW5hZ2VyOnNlY3JldA==', false],
    [undefined, false],
  ])('%s', (authorization, verified) => {
    const verify = basicVerifier({
      users: [
        { username: 'alertmanager', password: 'secret' },
        { username: 'am', password: 'päss:w' },
      ],
    });
    expect(verify(delivery({ authorization }))).toBe(verified);
  });

  it('is not made without a password, nor with a colon in a name', () => {
    const make = (username: string, password: string) => () =>
      basicVerifier({ users: [{ username, password }] });
    expect(() => basicVerifier({ users: [] })).toThrow(/passwords/);
    expect(make('am', '')).toThrow(/passwords/);
    expect(make('a:m', 'secret')).toThrow(/colon/);
  });
});
