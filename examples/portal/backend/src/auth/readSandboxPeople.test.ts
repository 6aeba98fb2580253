import { ConfigReader } from '@backstage/config';
import { readSandboxPeople } from './readSandboxPeople';

describe('readSandboxPeople', () => {
  it('lists the people by name', () => {
    const people = readSandboxPeople(
      new ConfigReader({
        people: [
          { name: 'ana', userEntityRef: 'user:default/ana', email: 'a@b.c' },
          {
            name: 'bo',
            userEntityRef: 'user:default/bo',
            displayName: 'Bo',
          },
        ],
      }),
    );
    expect([...people]).toEqual([
      [
        'ana',
        {
          name: 'ana',
          userEntityRef: 'user:default/ana',
          displayName: 'ana',
          email: 'a@b.c',
        },
      ],
      [
        'bo',
        {
          name: 'bo',
          userEntityRef: 'user:default/bo',
          displayName: 'Bo',
          email: undefined,
        },
      ],
    ]);
  });

  it('lists nobody when nobody is configured', () => {
    expect(readSandboxPeople(new ConfigReader({})).size).toBe(0);
  });

  it.each([
    [
      'a name listed twice',
      [
        { name: 'ana', userEntityRef: 'user:default/ana' },
        { name: 'ana', userEntityRef: 'user:default/bo' },
      ],
      /'ana' twice/,
    ],
    ['a person without a user', [{ name: 'ana' }], /userEntityRef/],
  ])('refuses %s', (_, people, message) => {
    expect(() => readSandboxPeople(new ConfigReader({ people }))).toThrow(
      message,
    );
  });
});
