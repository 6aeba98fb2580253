export * from './ChangeDrawer';
export * from './ChangesSection';
