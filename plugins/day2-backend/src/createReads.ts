import type {
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { ChangeReads } from './changes/ChangeReads';
import { changeRoutes } from './changes/changeRoutes';
import type { Day2Config } from './config';
import { CarriedCommitReads } from './deployments/CarriedCommitReads';
import { DeploymentReads } from './deployments/DeploymentReads';
import { deploymentRoutes } from './deployments/deploymentRoutes';
import { DeliveryReads } from './delivery/DeliveryReads';
import { DeliveryRecordReads } from './delivery/DeliveryRecordReads';
import { deliveryRoutes } from './delivery/deliveryRoutes';
import { GroupDirectory } from './delivery/GroupDirectory';
import { ApplicationReads } from './gitops/ApplicationReads';
import { FleetActivity } from './gitops/FleetActivity';
import { FleetReads } from './gitops/FleetReads';
import { gitopsRoutes } from './gitops/gitopsRoutes';
import { ObjectiveChartReads } from './objectives/ObjectiveChartReads';
import { ObjectiveList } from './objectives/ObjectiveList';
import { ObjectiveReads } from './objectives/ObjectiveReads';
import { objectiveRoutes } from './objectives/objectiveRoutes';
import { FleetIncidents } from './incidents/FleetIncidents';
import { IncidentList } from './incidents/IncidentList';
import { OnCallReads } from './incidents/OnCallReads';
import { AlertRuleStore } from './metrics/AlertRuleStore';
import { ChartReads } from './metrics/ChartReads';
import { metricRoutes } from './metrics/metricRoutes';
import { VisibleServices } from './permissions/VisibleServices';
import { PersonReads } from './persons/PersonReads';
import type { DirectoryLease } from './services/DirectoryLease';
import { serviceRoutes } from './services/serviceRoutes';
import { ServiceStore } from './services/ServiceStore';
import { AnswerContext } from './sources/AnswerContext';
import { SourceFeed } from './sources/SourceFeed';
import { ServiceSummaryBuilder } from './summary/ServiceSummaryBuilder';
import { SummaryReads } from './summary/SummaryReads';
import { summaryRoutes } from './summary/summaryRoutes';
import { TimelineReads } from './timeline/TimelineReads';
import { timelineRoutes } from './timeline/timelineRoutes';

/** What the hub reads with, and the routes that only read. */
export function createReads(options: {
  database: Knex;
  config: Day2Config;
  auth: AuthService;
  catalog: CatalogService;
  permissions: PermissionsService;
  logger: LoggerService;
  sources: () => Source[];
  lease: DirectoryLease;
  now: () => number;
}) {
  const { database, now } = options;
  const services = ServiceStore.create({ database });
  const persons = PersonReads.create({ database });
  const deployments = DeploymentReads.create({ database, persons });
  const commits = CarriedCommitReads.create({ database, persons });
  const changes = ChangeReads.create({ database, persons });
  const timeline = TimelineReads.create({ database, persons });
  const feed = SourceFeed.create(options);
  const reads = SummaryReads.create({ database });
  const context = AnswerContext.create({ feed, reads, now });
  const { environments, serviceKinds: kinds } = options.config;
  const applications = ApplicationReads.create({ database, persons });
  const objectives = ObjectiveReads.create({ database });
  const groups = GroupDirectory.create(options);
  const incidents = IncidentList.create({ database });
  const onCall = OnCallReads.create({ database, persons });
  const summary = ServiceSummaryBuilder.create({
    ...options,
    incidents,
    onCall,
    reads,
    applications,
    objectives,
    feed,
    environments,
  });
  const visible = VisibleServices.create({
    ...options,
    store: services,
    kinds,
  });
  const { lease } = options;
  return {
    store: services,
    visible,
    /** For incidents, whose readers are told what they may say. */
    told: { persons, timeline, feed, groups, onCall, list: incidents },
    handlers: {
      ...serviceRoutes({
        store: services,
        visible,
        lease,
        environments,
        now,
      }),
      ...summaryRoutes({ summary, now }),
      ...timelineRoutes({ timeline, context, now }),
      ...deploymentRoutes({ deployments, commits, visible, context, now }),
      ...deliveryRoutes({
        ...options,
        reads: DeliveryReads.create({ database }),
        records: DeliveryRecordReads.create({ database, environments }),
        groups,
        visible,
        feed,
        context,
        environments,
      }),
      ...gitopsRoutes({
        ...options,
        applications,
        fleet: FleetReads.create({ database }),
        incidents: FleetIncidents.create({ database }),
        activity: FleetActivity.create({ database }),
        objectives,
        reads,
        groups,
        visible,
        feed,
        environments,
      }),
      ...objectiveRoutes({
        ...options,
        objectives,
        list: ObjectiveList.create({ database }),
        charts: ObjectiveChartReads.create({ database, environments }),
        groups,
        visible,
        feed,
      }),
      ...metricRoutes({
        ...options,
        rules: AlertRuleStore.create({ database }),
        charts: ChartReads.create({ now }),
        feed,
      }),
      ...changeRoutes({
        changes,
        deployments,
        services,
        visible,
        context,
        now,
      }),
    },
  };
}
