import type { ServiceSummary, Tile } from '@day2/backstage-plugin-day2-common';

type EmptyTile = Exclude<
  keyof ServiceSummary['tiles'],
  'changes' | 'sync' | 'objectives' | 'incidents'
>;

const needs: Record<EmptyTile, string> = {
  cost: 'Cost needs a connector for OpenCost or a FOCUS export; this release installs none',
};

/** The tile of a domain that no connector of this release feeds. */
export function emptyTile(domain: EmptyTile): Tile {
  return {
    state: 'empty',
    headline: 'Not set up',
    figures: [],
    empty: {
      reason: 'source-not-configured',
      text: needs[domain],
      fix: {
        text: 'There is nothing to configure yet; a connector is one line in the portal’s backend once it is there',
        docs: 'docs/pages.md',
      },
    },
  };
}
