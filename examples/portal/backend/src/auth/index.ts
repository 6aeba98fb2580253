export { sandboxPeopleAuthModule } from './sandboxPeopleAuthModule';
