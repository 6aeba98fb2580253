export * from './EntityObjectivesCard';
export * from './ObjectivesPage';
export * from './ObjectivesSection';
