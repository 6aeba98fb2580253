export * from './timelineEntry';
