import { isSecretField, redacted, showValue } from './secrets';

describe('secrets', () => {
  it.each([
    ['Secret', 'data.user', true],
    ['Secret', 'metadata.name', false],
    [
      'Deployment',
      'spec.template.spec.containers[a].env[DB_PASSWORD].value',
      true,
    ],
    [
      'Deployment',
      'spec.template.spec.containers[a].env[API_TOKEN].value',
      true,
    ],
    [
      'Deployment',
      'spec.template.spec.containers[a].env[LOG_LEVEL].value',
      false,
    ],
    ['Deployment', 'spec.template.spec.volumes[a].secret.secretName', false],
    ['Deployment', 'spec.template.spec.automountServiceAccountToken', false],
    ['', 'postgres.auth.password', true],
    ['', 'replicas', false],
    ['', 'secretGenerator[db].literals[0]', true],
  ])('%s %s', (kind, path, wanted) => {
    expect(isSecretField({ kind, path })).toBe(wanted);
  });

  it.each([
    ['postgres://me:hunter2@host/db', 'hunter2'],
    ['level=1\npassword: hunter2\nother=2', 'hunter2'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
      'hunter2',
    ],
  ])('hides what %j holds', (value, secret) => {
    const shown = showValue(value, false);
    expect(shown).not.toContain(secret);
    expect(shown).toContain(redacted);
  });

  it('cuts long values', () => {
    expect(showValue('x'.repeat(2_000), false)).toHaveLength(500);
  });
});
