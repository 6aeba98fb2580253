import type { Team } from './ServiceSpec';

/** Someone, or something, that commits. */
export interface CommitIdentity {
  name: string;
  email: string;
  /** Offset from UTC as Git writes it. */
  zone: string;
}

function person(name: string, user: string, zone: string): CommitIdentity {
  return { name, email: `${user}@tern.example`, zone };
}

/** Everyone who commits at Tern Outfitters; some are in the catalog. */
export const people = {
  ana: person('Ana Silva', 'ana', '+0000'),
  femi: person('Femi Adeyemi', 'femi', '+0100'),
  grete: person('Grete Holm', 'grete', '+0200'),
  bo: person('Bo Lindqvist', 'bo', '+0200'),
  hana: person('Hana Kim', 'hana', '+0900'),
  ivo: person('Ivo Marek', 'ivo', '+0100'),
  jo: person('Jo Park', 'jo', '-0500'),
  kofi: person('Kofi Mensah', 'kofi', '+0000'),
  lena: person('Lena Vogt', 'lena', '+0200'),
  chen: person('Chen Wei', 'chen', '+0800'),
  dana: person('Dana Okafor', 'dana', '+0100'),
  max: {
    name: 'Max Riley',
    email: 'max.riley@contractor.example',
    zone: '+0530',
  },
  renovate: person('renovate[bot]', 'renovate', '+0000'),
  ci: person('Tern CI', 'ci', '+0000'),
  /** The committer of what the Git host merges for people. */
  host: person('Tern Git', 'noreply', '+0000'),
} as const satisfies Record<string, CommitIdentity>;

/** Who commits to the services of a team. */
export function membersOf(team: Team): CommitIdentity[] {
  switch (team) {
    case 'payments':
      return [people.ana, people.ana, people.femi, people.grete, people.chen];
    case 'storefront':
      return [people.bo, people.bo, people.hana, people.ivo, people.max];
    case 'logistics':
      return [people.jo, people.kofi, people.lena];
    default:
      return [people.max];
  }
}
