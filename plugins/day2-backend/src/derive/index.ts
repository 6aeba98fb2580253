export * from './DeriveWorker';
