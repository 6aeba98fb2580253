export {
  Day2Page,
  day2LegacyPlugin as day2Plugin,
  EntityDay2Content,
  EntityDeliveryCard,
  EntityGroupDeliveryCard,
  EntityIncidentsCard,
  EntityObjectivesCard,
  EntityRunningVersionsCard,
  EntitySyncCard,
  EntityWhatChangedCard,
} from './legacy/day2LegacyPlugin';
export { day2ApiRef } from './api/day2ApiRef';
export { day2TranslationRef } from './translation/day2TranslationRef';
