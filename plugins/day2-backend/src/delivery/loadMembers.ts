import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  MembershipMode,
  ScoreboardGrouping,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { VisibleServices } from '../permissions/VisibleServices';
import type { GroupDirectory } from './GroupDirectory';
import { MemberGroups } from './MemberGroups';
import { serviceMoments } from './serviceMoments';

/** Which services count for which group, as the caller may see them. */
export function loadMembers(options: {
  database: Knex;
  groups: GroupDirectory;
  visible: VisibleServices;
}) {
  return async (query: {
    credentials: BackstageCredentials;
    grouping: ScoreboardGrouping;
    mode: MembershipMode;
    within?: string;
    /** The only group that is asked for. */
    ref?: string;
  }): Promise<MemberGroups> => {
    const { credentials, grouping, ref } = query;
    const visible = await options.visible.of(credentials);
    const [services, groups, readable] = await Promise.all([
      serviceMoments(options.database, grouping === 'service' ? { ref } : {}),
      options.groups.groups(),
      visible.kind === 'all' ? undefined : options.groups.readable(credentials),
    ]);
    return MemberGroups.create({
      ...query,
      services,
      groups,
      visible,
      readable,
    });
  };
}
