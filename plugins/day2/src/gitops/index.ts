export * from './EntitySyncCard';
export * from './SyncDetail';
export * from './SyncSection';
