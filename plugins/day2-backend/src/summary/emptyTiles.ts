import type { ServiceSummary, Tile } from '@day2/backstage-plugin-day2-common';

type EmptyTile = Exclude<keyof ServiceSummary['tiles'], 'changes' | 'sync'>;

const needs: Record<EmptyTile, { headline: string; text: string }> = {
  objectives: {
    headline: 'No objectives',
    text: 'Objectives need a connector for Prometheus; this release installs none',
  },
  incidents: {
    headline: 'No incidents',
    text: 'Incidents need a connector for PagerDuty, Opsgenie or Alertmanager; this release installs none',
  },
  cost: {
    headline: 'No cost',
    text: 'Cost needs a connector for OpenCost or a FOCUS export; this release installs none',
  },
};

/** The tile of a domain that no connector of this release feeds. */
export function emptyTile(domain: EmptyTile): Tile {
  const { headline, text } = needs[domain];
  return {
    state: 'empty',
    headline,
    figures: [],
    empty: {
      reason: 'source-not-configured',
      text,
      fix: {
        text: 'There is nothing to configure yet; a connector is one line in the portal’s backend once it is there',
        docs: 'docs/pages.md',
      },
    },
  };
}
