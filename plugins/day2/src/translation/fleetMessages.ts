/** The Fleet page. */
export const fleetMessages = {
  title: 'Fleet',
  all: 'all ({{n}})',
  facet: '{{name}} ({{n}})',
  version: 'In production',
  noVersion: 'nothing known',
  noneMatch: 'No service matches these filters.',
  worst: '{{sync}}, at worst',
  changes: '{{changes}}, 14 days',
  notSetUp: 'Not set up',
  none: 'There is no service you may see. Services are the components of the catalog.',
  state: {
    ok: 'Fine',
    attention: 'Needs attention',
    bad: 'Failing or degraded',
    unknown: 'Unknown',
    empty: 'No sync state',
  },
} as const;
