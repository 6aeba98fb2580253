export * from './PersonText';
