export { generatedLocationCatalogModule } from './generatedLocationCatalogModule';
