export * from './SyncDetail';
export * from './SyncSection';
