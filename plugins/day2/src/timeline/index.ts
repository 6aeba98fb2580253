export * from './EntityWhatChangedCard';
export * from './Timeline';
