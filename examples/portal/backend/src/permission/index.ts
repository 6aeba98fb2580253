export { portalPermissionPolicyModule } from './portalPermissionPolicyModule';
