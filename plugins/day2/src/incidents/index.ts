export * from './EntityIncidentsCard';
export * from './IncidentsRoutes';
