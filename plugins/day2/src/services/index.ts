export * from './EntityDay2Content';
export * from './EntityRunningVersionsCard';
export * from './ServicesPage';
