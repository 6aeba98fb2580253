export * from './addTrend';
export * from './calendar';
export * from './cell';
export * from './compareFigures';
export * from './deliveriesOf';
export * from './delivery';
export { deliveryOf, type DeliveryContext } from './deliveryOf';
export * from './deliveryRecordOf';
export * from './deliverySum';
export * from './dirtyDays';
export * from './eventsOf';
export * from './figuresOf';
export * from './keptDelivery';
export * from './membership';
export * from './minimumN';
export { joinNumbers, type Numbers } from './numbers';
export * from './packSeconds';
export { quantileOf, type Quantile } from './quantile';
export {
  DAY_MS,
  daysOf,
  periodBefore,
  readPlanOf,
  utcDayOf,
  weeksOf,
  type ReadPlan,
  type TimeRange,
  type WeekRange,
} from './range';
export type { RestorationOf } from './recoveryOf';
export * from './roleIn';
export * from './scoreboard';
export * from './scoreboardQuery';
export * from './survey';
