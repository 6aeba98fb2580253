/** The Fleet page. */
export const fleetMessages = {
  title: 'Fleet',
  find: 'Find',
  owner: 'Owner',
  system: 'System',
  all: 'all ({{n}})',
  facet: '{{name}} ({{n}})',
  clear: 'Show all',
  version: 'In production',
  noVersion: 'nothing known',
  noneMatch: 'No service matches these filters.',
  none: 'There is no service you may see. Services are the components of the catalog.',
  state: {
    ok: 'Fine',
    attention: 'Attention',
    bad: 'Bad',
    unknown: 'Unknown',
    empty: 'Not set up',
  },
} as const;
