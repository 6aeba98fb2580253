export * from './discoverApplications';
