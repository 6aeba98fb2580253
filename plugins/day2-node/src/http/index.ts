export * from './HttpClient';
