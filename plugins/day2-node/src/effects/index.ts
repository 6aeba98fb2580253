export * from './Effect';
