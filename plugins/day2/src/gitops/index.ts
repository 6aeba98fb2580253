export * from './SyncSection';
