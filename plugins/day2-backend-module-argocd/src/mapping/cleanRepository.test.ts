import { cleanRepository } from './cleanRepository';

describe('cleanRepository', () => {
  it.each([
    ['https://git.tern.example/x.git', 'https://git.tern.example/x.git'],
    [' https://bot:pass@git.tern.example/x', 'https://git.tern.example/x'],
    ['https://bot:p@ss@git.tern.example/x', 'https://git.tern.example/x'],
    ['https://bot:pa/ss@git.tern.example/x', 'https://git.tern.example/x'],
    ['https://bot:p?ss@git.tern.example/x', 'https://git.tern.example/x'],
    ['https://bot:p#ss@git.tern.example/x', 'https://git.tern.example/x'],
    [
      'https://glpat-1@git.tern.example:8443/x',
      'https://git.tern.example:8443/x',
    ],
    [
      'https://h.example/x.git?private_token=glpat-1',
      'https://h.example/x.git',
    ],
    ['https://h.example/x.git#token', 'https://h.example/x.git'],
    ['https://h.example:8443/@scope/x', 'https://h.example:8443/@scope/x'],
    ['ssh://git:secret@h.example/x', 'ssh://git@h.example/x'],
    ['ssh://git@h.example:2222/x', 'ssh://git@h.example:2222/x'],
    ['git@h.example:team/x.git', 'git@h.example:team/x.git'],
    ['oci://u:p@registry.example/charts', 'oci://registry.example/charts'],
  ])('of %s it is %s', (url, expected) => {
    expect(cleanRepository(url)).toBe(expected);
  });
});
