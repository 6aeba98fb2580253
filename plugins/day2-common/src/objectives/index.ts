export * from './attributionOf';
export * from './budgetFigures';
export { budgetOf, type Budgeting } from './budgeting';
export * from './budgetWords';
export * from './burnOf';
export * from './burnWindows';
export { exactSumOf, joinSums, roundedSum, type ExactSum } from './exactSum';
export * from './measured';
export * from './objective';
export * from './objectiveFigures';
export * from './objectivePeriod';
export * from './objectiveRecord';
export * from './packDay';
export {
  readObjectives,
  type ObjectiveDocument,
  type ReadObjectives,
} from './readObjectives';
export {
  emptySeries,
  joinSeries,
  seriesOf,
  isMoreThanAll,
  slotOf,
  SLOTS_A_DAY,
  SLOT_MS,
  type Slot,
  type SlotSeries,
} from './slots';
export {
  addSlotSums,
  observedSeconds,
  sumsOf,
  type SlotSums,
} from './slotSums';
