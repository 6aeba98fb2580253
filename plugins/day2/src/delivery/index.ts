export * from './DeliverySection';
export * from './EntityDeliveryCard';
export * from './EntityGroupDeliveryCard';
export * from './ScoreboardPage';
