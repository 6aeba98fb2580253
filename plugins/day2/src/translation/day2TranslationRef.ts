import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { changeMessages } from './changeMessages';
import { deliveryMessages } from './deliveryMessages';
import { fleetMessages } from './fleetMessages';
import { gitopsMessages } from './gitopsMessages';
import { incidentMessages } from './incidentMessages';
import { kitMessages } from './kitMessages';
import { metricMessages } from './metricMessages';
import { objectiveMessages } from './objectiveMessages';
import { serviceMessages } from './serviceMessages';
import { sourceMessages } from './sourceMessages';
import { timelineMessages } from './timelineMessages';
import { wordMessages } from './wordMessages';

/**
 * Every text of the plugin, for portals in other languages.
 *
 * @public
 */
export const day2TranslationRef = createTranslationRef({
  id: 'plugin.day2',
  messages: {
    kit: kitMessages,
    service: serviceMessages,
    timeline: timelineMessages,
    change: changeMessages,
    source: sourceMessages,
    gitops: gitopsMessages,
    fleet: fleetMessages,
    objective: objectiveMessages,
    metric: metricMessages,
    incident: incidentMessages,
    delivery: deliveryMessages,
    word: wordMessages,
  },
});
