import type { ServiceSummary } from '@day2/backstage-plugin-day2-common';
import { SyncDetail } from '../gitops';
import { IncidentsTileDetail } from '../incidents/IncidentsTileDetail';
import { ObjectivesTileDetail } from '../objectives/ObjectivesTileDetail';
import { useText } from '../translation';
import { Columns, Term } from '../ui';
import type { PageState } from '../url';
import { TileCard } from './TileCard';

/** The five tiles, each the way into its section where there is one. */
export function Tiles(props: {
  summary: ServiceSummary;
  linkTo: (patch: Partial<PageState>) => string;
}) {
  const t = useText();
  const { parts, tiles } = props.summary;
  const sync = props.linkTo({ section: 'sync', open: undefined });
  const objectives = props.linkTo({ section: 'objectives', open: undefined });
  const incidents = props.linkTo({ section: 'incidents', open: undefined });
  const changes = props.linkTo({ section: 'changes', open: undefined });
  return (
    <Columns width={190}>
      <TileCard
        title={<Term id="sync" />}
        tile={tiles.sync}
        part={parts.sync}
        detail={<SyncDetail of={tiles.sync} />}
        link={{ to: sync, words: t('service.allSync') }}
      />
      <TileCard
        title={<Term id="objective" plural />}
        tile={tiles.objectives}
        part={parts.objectives}
        detail={<ObjectivesTileDetail tile={tiles.objectives} />}
        link={{ to: objectives, words: t('service.allObjectives') }}
      />
      <TileCard
        title={t('service.incidents')}
        tile={tiles.incidents}
        part={parts.incidents}
        detail={<IncidentsTileDetail tile={tiles.incidents} />}
        link={{ to: incidents, words: t('service.allIncidents') }}
      />
      <TileCard
        title={t('change.section')}
        tile={tiles.changes}
        part={parts.changes}
        link={{ to: changes, words: t('service.allChanges') }}
      />
      <TileCard title={<Term id="cost" />} tile={tiles.cost} />
    </Columns>
  );
}
