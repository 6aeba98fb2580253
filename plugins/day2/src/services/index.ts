export * from './EntityDay2Content';
