import { z } from 'zod';
import { SourcesStanding } from '../sources';

/** A part of what is shown of a service, which rests on sources of its own. @public */
export const ServicePart = z.enum([
  'sync',
  'objectives',
  'incidents',
  'onCall',
  'deployments',
  'changes',
  'timeline',
]);
/** @public */
export type ServicePart = z.infer<typeof ServicePart>;

/** How the sources of one part stand, and how old it is by them. @public */
export const PartStanding = SourcesStanding.extend({
  asOf: z.iso.datetime().optional(),
}).meta({ id: 'PartStanding' });
/** @public */
export type PartStanding = z.infer<typeof PartStanding>;
